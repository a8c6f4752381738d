'use client'

import { useState } from 'react'
import { ConfirmAction } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import { Moment } from '@/components/admin/moment'
import { Panel } from '@/components/admin/panel'
import { type Column, Table } from '@/components/admin/table'
import { type AdminDto, adminRole } from '@/lib/domain/admins/schema'
import { type AdminRole, adminRoles } from '@/lib/kit/actor'
import { settingsWords } from '@/lib/messages/admin-settings'
import { changeRole } from './actions'

const words = settingsWords.roles

/** Who runs the shop, and giving and taking of roles, each after a question and with a reason. */
export function Roles({ admins, me }: { admins: AdminDto[]; me: number }) {
  const columns: Column<AdminDto>[] = [
    { name: words.person, cell: nameOf },
    { name: words.role, cell: (one) => words.names[one.role] },
    {
      name: words.since,
      cell: (one) =>
        one.granted_at ? (
          <>
            <Moment at={one.granted_at} /> {words.by(one.granted_by ?? '')}
          </>
        ) : (
          words.fixed
        ),
    },
    { name: words.change, cell: (one) => (one.is_fixed ? '–' : <Take one={one} me={me} />) },
  ]
  return (
    <Panel heading={words.heading} text={words.text}>
      <Table
        caption={words.caption}
        columns={columns}
        rows={admins}
        keyOf={(one) => String(one.telegram_id)}
      />
      <Give me={me} />
    </Panel>
  )
}

function Take({ one, me }: { one: AdminDto; me: number }) {
  return (
    <ConfirmAction
      label={words.take}
      heading={words.takeHeading(nameOf(one))}
      confirm={words.take}
      isDangerous
      act={(reason) => changeRole({ telegramUserId: one.telegram_id, role: null, reason })}
      done={words.taken}
    >
      <p>{one.telegram_id === me ? words.takeOwn : words.takeText}</p>
    </ConfirmAction>
  )
}

function Give({ me }: { me: number }) {
  const [id, setId] = useState('')
  const [role, setRole] = useState<AdminRole>('viewer')
  return (
    <div className={form.row}>
      <label className={form.field}>
        <span>{words.telegramId}</span>
        <input
          className={form.input}
          inputMode="numeric"
          value={id}
          onChange={(event) => setId(event.target.value.trim())}
        />
      </label>
      <label className={form.field}>
        <span>{words.role}</span>
        <select
          className={form.input}
          value={role}
          onChange={(event) => setRole(adminRole.parse(event.target.value))}
        >
          {adminRoles.map((name) => (
            <option key={name} value={name}>
              {words.names[name]}
            </option>
          ))}
        </select>
      </label>
      <ConfirmAction
        label={words.give}
        heading={words.giveHeading}
        confirm={words.give}
        act={(reason) => changeRole({ telegramUserId: Number(id), role, reason })}
        done={words.given}
      >
        <p>
          {id} · {words.names[role]}. {Number(id) === me ? words.giveOwn : words.giveText}
        </p>
      </ConfirmAction>
    </div>
  )
}

function nameOf({ name, username, telegram_id: id }: AdminDto): string {
  return [name, username ? `@${username}` : '', `(${id})`].filter(Boolean).join(' ')
}
