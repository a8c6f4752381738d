/**
 * A bot's Stars are counted in thousandths, so that an affiliate's share per mille is exact. On the
 * wire they are whole Stars and billionths of one, with the same sign.
 */
export function starAmount(milli: number): { amount: number; nanostar_amount?: number } {
  const nanos = (milli % 1000) * 1_000_000
  const amount = Math.trunc(milli / 1000)
  return nanos === 0 ? { amount } : { amount, nanostar_amount: nanos }
}
