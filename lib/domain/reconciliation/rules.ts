export type Repair = 'nothing' | 'charge' | 'refund' | 'foreign' | 'sharpen' | 'differs'

/** A charge as our ledger has it. */
export type LedgerCharge = {
  id: string
  status: string
  amount: number
  telegramUserId: number
  invoicePayload: string
  chargedAt: Date | null
}

/** A row of Telegram's list. */
export type Listed = {
  partner: string
  direction: 'in' | 'out'
  user: { telegramUserId: number } | null
  amount: number
  commission: number
  payload: string | null
  date: Date
}

/** What a row of Telegram's list asks of us, given how its charge stands in our ledger. */
export function decideRepair(
  row: Listed,
  known: LedgerCharge | undefined,
  isOurPayload: boolean,
): Repair {
  // Withdrawals, ads, gifts and other people's affiliate income are not sales.
  if (row.partner !== 'invoice_payment' || !row.user) return 'nothing'
  if (!known) {
    if (!isOurPayload) return 'foreign'
    return row.direction === 'out' ? 'refund' : 'charge'
  }
  if (differs(row, known)) return 'differs'
  if (row.direction === 'out') return known.status === 'refunded' ? 'nothing' : 'refund'
  return known.chargedAt !== null && row.date < known.chargedAt ? 'sharpen' : 'nothing'
}

/** A payload may be missing in the list, and a refund's amount lacks an affiliate's share. */
function differs(row: Listed, known: LedgerCharge): boolean {
  return (
    (row.direction === 'in' && row.amount + row.commission !== known.amount) ||
    row.user?.telegramUserId !== known.telegramUserId ||
    (row.payload !== null && row.payload !== known.invoicePayload)
  )
}
