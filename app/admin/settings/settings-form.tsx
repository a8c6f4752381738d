'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { SubmitButton } from '@/components/admin/confirm-action'
import form from '@/components/admin/form.module.css'
import { Panel } from '@/components/admin/panel'
import { useAction } from '@/components/admin/use-action'
import { Button } from '@/components/ui/button'
import { type SettingName, type Settings, settings as schemas } from '@/lib/domain/settings/schema'
import { adminMessages } from '@/lib/messages/admin'
import { settingsWords as words } from '@/lib/messages/admin-settings'
import { save } from './actions'
import { changesOf, contrastOf, daysIn, shownAccent } from './form-values'
import { LogoField } from './logo-field'
import { Preview } from './preview'
import styles from './settings.module.css'

type Text = Exclude<SettingName, 'starRate' | 'reminderDays' | 'reviewPolicy' | 'logo'>
type Problems = Partial<Record<SettingName, string>>

const short: Text[] = ['shopName', 'headline', 'supportContact']
const long: Text[] = ['intro', 'seller', 'questions', 'featureNames', 'terms', 'privacy']
const colours = [
  ['accent', 'light'],
  ['accentDark', 'dark'],
] as const

export function SettingsForm({ settings, version }: { settings: Settings; version: string }) {
  const [values, setValues] = useState(settings)
  const [days, setDays] = useState(settings.reminderDays.join(', '))
  const [price, setPrice] = useState(String(settings.starRate.price))
  const [problems, setProblems] = useState<Problems>({})
  const [isSaved, setSaved] = useState(false)
  const { isBusy, problem, run } = useAction()

  const typed: Settings = {
    ...values,
    reminderDays: daysIn(days),
    starRate: { ...values.starRate, price: Number(price) },
  }
  const changes = changesOf(settings, typed)
  const count = Object.keys(changes).length
  useWarning(count > 0 && !isSaved)

  const set = <K extends SettingName>(name: K, value: Settings[K]) => {
    setSaved(false)
    setValues((before) => ({ ...before, [name]: value }))
  }
  const undo = () => {
    setValues(settings)
    setDays(settings.reminderDays.join(', '))
    setPrice(String(settings.starRate.price))
    setProblems({})
  }
  const submit = async () => {
    const found = problemsOf(changes)
    setProblems(found)
    if (Object.keys(found).length > 0) return
    if (await run(() => save({ changes, version }))) setSaved(true)
  }
  const field = (name: SettingName, input: ReactNode, more?: string) => (
    <Field key={name} name={name} problem={problems[name]} more={more}>
      {input}
    </Field>
  )

  return (
    <div className={styles.layout}>
      <form
        className={form.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Panel heading={words.groups.shop}>
          {short.map((name) =>
            field(
              name,
              <input
                className={form.input}
                value={values[name]}
                onChange={(event) => set(name, event.target.value)}
              />,
            ),
          )}
        </Panel>
        <Panel heading={words.groups.look}>
          {colours.map(([name, scheme]) =>
            field(
              name,
              <input
                className={form.input}
                value={values[name]}
                onChange={(event) => set(name, event.target.value)}
              />,
              contrastText(contrastOf(typed, scheme)),
            ),
          )}
          <LogoField logo={values.logo} onChange={(logo) => set('logo', logo)} />
        </Panel>
        <Panel heading={words.groups.texts}>
          {long.map((name) =>
            field(
              name,
              <textarea
                className={form.input}
                rows={name === 'intro' || name === 'seller' ? 3 : 6}
                value={values[name]}
                onChange={(event) => set(name, event.target.value)}
              />,
            ),
          )}
        </Panel>
        <Panel heading={words.groups.money}>
          {field(
            'starRate',
            <span className={form.row}>
              <input
                aria-label={words.price}
                inputMode="decimal"
                className={`${form.input} ${form.short}`}
                value={price}
                onChange={(event) => setPrice(event.target.value)}
              />
              <input
                aria-label={words.currency}
                maxLength={3}
                className={`${form.input} ${form.short}`}
                value={values.starRate.currency}
                onChange={({ target }) =>
                  set('starRate', { ...values.starRate, currency: target.value.toUpperCase() })
                }
              />
            </span>,
          )}
          {field(
            'reminderDays',
            <input
              className={form.input}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />,
          )}
          <p className={form.hint}>{words.fields.reviewPolicy.join('. ')}</p>
          {(['tellBuyer', 'remindAdmins'] as const).map((name) => (
            <label key={name} className={styles.choice}>
              <input
                type="checkbox"
                checked={values.reviewPolicy[name]}
                onChange={({ target }) =>
                  set('reviewPolicy', { ...values.reviewPolicy, [name]: target.checked })
                }
              />
              {words[name]}
            </label>
          ))}
        </Panel>
        {problem || Object.keys(problems).length > 0 ? (
          <p role="alert" className={form.problem}>
            {problem ?? words.invalid}
          </p>
        ) : null}
        <div className={form.row}>
          <SubmitButton isBusy={isBusy || count === 0}>
            {isBusy ? adminMessages.working : words.save}
          </SubmitButton>
          {count > 0 && !isSaved ? (
            <Button look="soft" onPress={undo}>
              {words.undo}
            </Button>
          ) : null}
          <span role="status">
            {isSaved ? words.saved : count > 0 ? words.unsaved(count) : null}
          </span>
        </div>
      </form>
      <aside className={styles.aside}>
        <Panel heading={words.preview} text={words.previewText}>
          <Preview values={values} accent={shownAccent(typed, 'light')} scheme="light" />
          <Preview values={values} accent={shownAccent(typed, 'dark')} scheme="dark" />
        </Panel>
      </aside>
    </div>
  )
}

type FieldProps = {
  name: SettingName
  problem: string | undefined
  more: string | undefined
  children: ReactNode
}

function Field({ name, problem, more, children }: FieldProps) {
  const [label, hint] = words.fields[name]
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children.
    <label className={form.field}>
      <span>{label}</span>
      {children}
      <small className={form.hint}>{more ? `${hint} ${more}` : hint}</small>
      {problem ? <small className={form.problem}>{problem}</small> : null}
    </label>
  )
}

function contrastText(ratio: number): string {
  return ratio < 3 ? words.contrastLow(ratio) : words.contrast(ratio)
}

function problemsOf(changes: Partial<Settings>): Problems {
  const found: Problems = {}
  for (const [name, value] of Object.entries(changes) as [SettingName, unknown][]) {
    const read = schemas[name].safeParse(value)
    if (read.success) continue
    if (name === 'reminderDays') found[name] = words.reminderWrong
    else if (name === 'starRate') found[name] = words.rateWrong
    else found[name] = read.error.issues[0]?.message ?? words.invalid
  }
  return found
}

/** The browser asks before it leaves a page with unsaved changes. */
function useWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    const askOnLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || window.confirm(words.leave)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', ask)
    document.addEventListener('click', askOnLink, true)
    return () => {
      window.removeEventListener('beforeunload', ask)
      document.removeEventListener('click', askOnLink, true)
    }
  }, [isUnsaved])
}
