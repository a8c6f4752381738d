import { expect, it } from 'vitest'
import { keepUpdate } from '@/lib/domain/updates/keep-update'
import { listWaitingUpdates } from '@/lib/domain/updates/queries'
import { settleUpdate } from '@/lib/domain/updates/settle-update'
import { newId } from '@/lib/kit/ids'
import { db } from '@/lib/platform/db'
import { replayUpdate } from './replay-update'

const system = { kind: 'system' } as const

async function keep(updateId: number, body: object): Promise<string> {
  const update = { updateId, kind: 'message', body: { update_id: updateId, ...body } }
  await keepUpdate({ kind: 'telegram' }, update, { state: 'review', reason: 'unexpected_shape' })
  const { id } = await db().telegramUpdate.findFirstOrThrow({ where: { updateId } })
  return id
}

const payment = (chargeId: string) => ({
  message: {
    message_id: 1,
    date: 1_790_000_000,
    from: { id: 42, is_bot: false, first_name: 'Ann' },
    chat: { id: 42, type: 'private', first_name: 'Ann' },
    successful_payment: {
      currency: 'XTR',
      total_amount: 500,
      invoice_payload: 'order-9',
      telegram_payment_charge_id: chargeId,
      provider_payment_charge_id: '',
    },
  },
})

it('handles an update again that could not be handled when it came, once', async () => {
  const id = await keep(901, payment('replayed'))
  expect(await listWaitingUpdates(system)).toMatchObject([{ id, update_id: 901 }])
  await replayUpdate(system, id)
  expect(await db().paymentEvent.count({ where: { chargeId: 'replayed' } })).toBe(1)
  expect(await listWaitingUpdates(system)).toEqual([])
  await expect(replayUpdate(system, id)).rejects.toMatchObject({ code: 'not_found' })
})

it('keeps in the audit log why it was handled again, where that was said', async () => {
  const id = await keep(904, payment('replayed-why'))
  await replayUpdate(system, id, 'after the upgrade')
  const entry = await db().auditEntry.findFirstOrThrow({ where: { subjectId: id } })
  expect(entry).toMatchObject({ action: 'replay_update', reason: 'after the upgrade' })
})

it('goes on waiting when it still cannot be handled', async () => {
  const broken = payment('broken')
  const id = await keep(902, {
    message: {
      ...broken.message,
      successful_payment: { ...broken.message.successful_payment, total_amount: 'many' },
    },
  })
  await expect(replayUpdate(system, id)).rejects.toThrow()
  expect(await listWaitingUpdates(system)).toMatchObject([{ id }])
  await settleUpdate(system, id, { state: 'dismissed', reason: 'not from Telegram' })
  expect(await listWaitingUpdates(system)).toEqual([])
})

it('does not answer a question again that nobody waits for', async () => {
  const id = await keep(903, { pre_checkout_query: { id: '1' } })
  await expect(replayUpdate(system, id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(replayUpdate(system, newId())).rejects.toMatchObject({ code: 'not_found' })
})
