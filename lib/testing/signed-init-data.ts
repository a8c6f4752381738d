import { createHmac } from 'node:crypto'

export type InitDataField = [key: string, value: string]

/** Signs any fields as Telegram would for the bot of this token, also such that it never would. */
export function signInitData(fields: InitDataField[], botToken: string): string {
  const secret = createHmac('sha256', 'WebAppData').update(botToken).digest()
  const check = fields
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('\n')
  const hash = createHmac('sha256', secret).update(check).digest('hex')
  return new URLSearchParams([...fields, ['hash', hash]]).toString()
}
