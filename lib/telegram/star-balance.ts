import { z } from 'zod'
import { telegram } from './client'

const answer = z.looseObject({ amount: z.int() })

/** The bot's Stars, also those that cannot be withdrawn yet. Throws when Telegram does not answer. */
export async function readStarBalance(): Promise<number> {
  return answer.parse(await telegram().getMyStarBalance()).amount
}
