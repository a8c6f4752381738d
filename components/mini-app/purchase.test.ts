import { describe, expect, it } from 'vitest'
import {
  nextCheck,
  noPurchase,
  type OpenInvoice,
  type Purchase,
  type PurchaseEvent,
  step,
  toKeep,
} from './purchase'

const invoice: OpenInvoice = { invoiceId: 'i1', planCode: 'gold_1m', slug: 's1' }
const other: OpenInvoice = { invoiceId: 'i2', planCode: 'silver_1m', slug: 's2' }

const play = (start: Purchase, ...events: PurchaseEvent[]) => events.reduce(step, start)
const answers = (status: 'open' | 'paid' | 'review' | 'expired', of = invoice): PurchaseEvent => ({
  type: 'answered',
  invoiceId: of.invoiceId,
  status,
})
const closes = (status: 'paid' | 'pending' | 'cancelled' | 'failed', of = invoice) =>
  ({ type: 'hostClosed', slug: of.slug, status }) as const
const times = (count: number, event: PurchaseEvent) => Array.from({ length: count }, () => event)

const paying = play(noPurchase, { type: 'buy', planCode: 'gold_1m' }, { type: 'opened', invoice })

describe('a purchase', () => {
  it('succeeds when our server says paid, whatever the host says or does not say', () => {
    const starts = [
      paying,
      play(paying, closes('paid')),
      play(paying, closes('pending')),
      play(paying, closes('failed')),
      play(paying, closes('cancelled')),
    ]
    for (const start of starts) {
      const bought = play(start, answers('paid'))
      expect(bought).toMatchObject({ phase: { name: 'bought', planCode: 'gold_1m' }, settled: 1 })
      expect(nextCheck(bought)).toBeNull()
    }
  })

  it('is not believed to be paid on the word of the host', () => {
    const confirming = play(paying, closes('paid'), ...times(100, answers('open')))
    expect(confirming.phase.name).toBe('confirming')
    expect(nextCheck(confirming)?.delayMs).toBe(5000)
  })

  it('keeps confirming when the invoice expires while money is under way', () => {
    expect(play(paying, closes('pending'), answers('expired')).phase.name).toBe('confirming')
  })

  it('returns quietly to the plans after a cancel, asking a few times more', () => {
    const doubting = play(paying, closes('cancelled'))
    expect(doubting.phase.name).toBe('doubting')
    const idle = play(doubting, ...times(3, answers('open')))
    expect(idle).toMatchObject({ phase: { name: 'idle' }, notice: null, watching: [invoice] })
  })

  it('says so when the payment failed', () => {
    const idle = play(paying, closes('failed'), ...times(4, answers('open')))
    expect(idle).toMatchObject({ phase: { name: 'idle' }, notice: { code: 'payment_failed' } })
  })

  it('turns a late payment of an abandoned invoice into success', () => {
    const idle = play(paying, closes('cancelled'), ...times(3, answers('open')))
    expect(nextCheck(idle)).toMatchObject({ delayMs: 6000, invoices: [invoice], isWatch: true })
    const late = play(idle, answers('paid'))
    expect(late).toMatchObject({ phase: { name: 'bought' }, watching: [] })
    expect(nextCheck(late)).toBeNull()
  })

  it('lets the person buy again when the host never answers', () => {
    const checked = play(paying, ...times(2, answers('open')))
    const back = play(checked, { type: 'returned' }, ...times(5, answers('open')))
    expect(back).toMatchObject({ phase: { name: 'idle' }, watching: [invoice] })
    const again = play(
      back,
      { type: 'buy', planCode: 'silver_1m' },
      { type: 'opened', invoice: other },
    )
    expect(again.phase).toMatchObject({ name: 'paying', invoice: other })
    const asked = play(again, ...times(5, answers('open', other)))
    expect(nextCheck(asked)?.invoices).toEqual([other, invoice])
    // The first one was paid after all: loaded again, but the open window stays.
    expect(play(again, answers('paid'))).toMatchObject({ phase: { name: 'paying' }, settled: 1 })
  })

  it('does not take the flutter of focus while the window opens for a return', () => {
    expect(play(paying, { type: 'returned' }).phase.name).toBe('paying')
  })

  it('hears the host late, about an invoice already put aside', () => {
    const idle = play(paying, { type: 'dismissed' })
    expect(play(idle, closes('paid')).phase.name).toBe('confirming')
    expect(play(idle, closes('failed'))).toEqual(idle)
    expect(play(idle, { type: 'hostClosed', slug: 'unknown', status: 'paid' })).toEqual(idle)
  })

  it('shows what is being checked by a person', () => {
    expect(play(paying, answers('review')).phase).toEqual({ name: 'review', planCode: 'gold_1m' })
  })

  it('says when the invoice expired unpaid', () => {
    const expired = play(paying, answers('expired'))
    expect(expired).toMatchObject({ phase: { name: 'idle' }, notice: { code: 'invoice_expired' } })
  })

  it('goes on asking through a lost network, and stops when init data is too old', () => {
    const lost = play(paying, { type: 'unanswered', invoiceId: 'i1', code: 'network' })
    expect(nextCheck(lost)?.delayMs).toBe(1000)
    const old = play(paying, { type: 'unanswered', invoiceId: 'i1', code: 'init_data_expired' })
    expect(old).toMatchObject({ phase: { name: 'paying' }, notice: { code: 'init_data_expired' } })
    expect(nextCheck(old)).toBeNull()
  })

  it('forgets an invoice of somebody else', () => {
    const gone = play(paying, { type: 'unanswered', invoiceId: 'i1', code: 'not_found' })
    expect(gone).toMatchObject({ phase: { name: 'idle' }, watching: [] })
  })

  it('survives a reload', () => {
    const confirming = play(noPurchase, {
      type: 'resumed',
      kept: toKeep(play(paying, closes('paid'))),
    })
    expect(confirming.phase).toMatchObject({ name: 'confirming', invoice })
    const doubting = play(noPurchase, { type: 'resumed', kept: toKeep(paying) })
    expect(doubting.phase).toMatchObject({ name: 'doubting', reason: 'unanswered' })
    expect(play(doubting, answers('paid')).phase.name).toBe('bought')
  })

  it('shows a refusal and takes the next try', () => {
    const refused = play(
      noPurchase,
      { type: 'buy', planCode: 'gold_1m' },
      { type: 'refused', notice: { code: 'rate_limited', retryAfterSeconds: 30 } },
    )
    expect(refused).toMatchObject({ phase: { name: 'idle' }, notice: { retryAfterSeconds: 30 } })
    expect(play(refused, { type: 'buy', planCode: 'gold_1m' }).notice).toBeNull()
  })
})
