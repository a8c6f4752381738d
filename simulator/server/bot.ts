import type { Outbox } from './delivery/outbox'
import type { Polling } from './delivery/polling'
import type { Webhook } from './delivery/webhook'

export type BotCommand = { command: string; description: string }
export type MenuButton =
  | { type: 'default' }
  | { type: 'commands' }
  | { type: 'web_app'; text: string; web_app: { url: string } }

export type StarTransaction = {
  id: string
  date: number
  amount: number
  nanostar_amount?: number
  source?: Record<string, unknown>
  receiver?: Record<string, unknown>
}

export type Bot = {
  id: number
  token: string
  username: string
  firstName: string
  /** By scope and language. */
  commands: Map<string, BotCommand[]>
  menuButton: MenuButton | undefined
  /** Menu buttons set for one person's chat. */
  menuButtons: Map<number, MenuButton>
  descriptions: Map<string, string>
  nextMessageId: number
  /** Thousandths of a Star. */
  milliStars: number
  transactions: StarTransaction[]
  outbox: Outbox
  polling: Polling
  webhook: Webhook | undefined
  lastSetWebhook: number
  /** Set while a webhook is being taken down: the call that waits for it gives way. */
  supersede: (() => void) | undefined
}
