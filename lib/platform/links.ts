import { env, isSimulated } from './env'

/**
 * A t.me address for links on ordinary web pages. In simulations the simulator's own, because a
 * browser would otherwise leave for the real Telegram.
 */
export function telegramLink(path: string): string {
  const root = isSimulated() ? `${env().TELEGRAM_API_ROOT}/t.me` : 'https://t.me'
  return `${root}/${path}`
}
