import { createHmac } from 'node:crypto'
import { env } from '@/lib/platform/env'

/** Init data of a person, signed with the bot's token as Telegram does. */
export function makeInitData(
  person: { telegramUserId: number; firstName: string },
  options: { ageSeconds?: number; botToken?: string } = {},
): string {
  const fields = [
    ['user', JSON.stringify({ id: person.telegramUserId, first_name: person.firstName })],
    ['auth_date', String(Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0))],
  ]
  const token = options.botToken ?? env().TELEGRAM_BOT_TOKEN
  const secret = createHmac('sha256', 'WebAppData').update(token).digest()
  const check = fields
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const hash = createHmac('sha256', secret).update(check).digest('hex')
  return new URLSearchParams([...fields, ['hash', hash]]).toString()
}
