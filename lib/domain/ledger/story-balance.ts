import { type Manager, requirePower } from '@/lib/kit/powers'
import { describeError, log } from '@/lib/platform/log'
import { telegram } from '@/lib/telegram/client'

/** The bot's Stars at this moment, from which Telegram refunds; null when it does not say. */
export async function findStarBalance(actor: Manager): Promise<number | null> {
  requirePower(actor, 'refund')
  try {
    const { amount } = await telegram().getMyStarBalance()
    return amount
  } catch (error) {
    log().warn({ event: 'star_balance_unknown', ...describeError(error) })
    return null
  }
}
