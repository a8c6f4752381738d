import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Profile } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { toUnix } from '@/lib/kit/period'

const user = z.object({
  id: z.int().positive(),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
  allows_write_to_pm: z.boolean().optional(),
})

export type InitData = Profile & { allowsWriteToPm: boolean; startParam: string | null }

/** Seconds that a clock ahead of ours is forgiven. */
const aheadMaxSeconds = 60

/**
 * Checks the raw init data of a Mini App against the bot token and reads its person (the check is
 * described at https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app).
 * `maxAgeSeconds` is counted from `auth_date`. Refuses: unauthorized, init_data_expired.
 */
export function readInitData(
  raw: string,
  options: { botToken: string; now: Date; maxAgeSeconds: number },
): InitData {
  const pairs = [...new URLSearchParams(raw)]
  const fields = new Map(pairs)
  const hash = fields.get('hash')
  // A repeated key would let two readers see two values.
  if (fields.size !== pairs.length || hash === undefined || !/^[0-9a-f]{64}$/.test(hash)) {
    throw refused()
  }
  // `signature` is part of the check string. The values are compared as they came: parsing and
  // writing them again would change bytes.
  const checkString = pairs
    .filter(([key]) => key !== 'hash')
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const secret = createHmac('sha256', 'WebAppData').update(options.botToken).digest()
  const expected = createHmac('sha256', secret).update(checkString).digest()
  if (!timingSafeEqual(expected, Buffer.from(hash, 'hex'))) throw refused()

  const authDate = fields.get('auth_date') ?? ''
  if (!/^\d{1,12}$/.test(authDate)) throw refused()
  const ageSeconds = toUnix(options.now) - Number(authDate)
  if (ageSeconds < -aheadMaxSeconds) throw refused()
  const person = parseUser(fields.get('user'))
  if (!person) throw refused()
  if (ageSeconds > options.maxAgeSeconds) {
    throw new Refusal('init_data_expired', 'The init data is too old. Open the Mini App again.')
  }
  return { ...person, startParam: fields.get('start_param') ?? null }
}

function parseUser(text: string | undefined): Omit<InitData, 'startParam'> | undefined {
  if (text === undefined) return undefined
  try {
    const found = user.parse(JSON.parse(text))
    return {
      telegramUserId: found.id,
      firstName: found.first_name,
      lastName: found.last_name || null,
      username: found.username ?? null,
      languageCode: found.language_code ?? null,
      allowsWriteToPm: found.allows_write_to_pm ?? false,
    }
  } catch {
    return undefined
  }
}

function refused(): Refusal {
  return new Refusal('unauthorized', 'The init data is not from this bot, or was changed.')
}
