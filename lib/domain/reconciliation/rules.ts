export type Repair = 'nothing' | 'charge' | 'refund' | 'foreign'

/** What a row of Telegram's list asks of us, given how its charge stands in our ledger. */
export function decideRepair(
  row: { partner: string; direction: 'in' | 'out'; user: object | null },
  status: string | undefined,
  isOurPayload: boolean,
): Repair {
  // Withdrawals, ads, gifts and other people's affiliate income are not sales.
  if (row.partner !== 'invoice_payment' || !row.user) return 'nothing'
  if (row.direction === 'out') {
    if (status === 'refunded') return 'nothing'
    return status !== undefined || isOurPayload ? 'refund' : 'foreign'
  }
  if (status !== undefined) return 'nothing'
  return isOurPayload ? 'charge' : 'foreign'
}
