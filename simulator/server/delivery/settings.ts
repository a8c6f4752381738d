import type { Bot } from '@/simulator/server/bot'

export type WebhookSettings = {
  url: URL
  rawUrl: string
  secret: string
  maxConnections: number
  /** '' unless the bot named one. */
  ipAddress: string
}
/** Runs the method that a 2xx answer's body names; result and errors are thrown away. */
export type RunReply = (bot: Bot, contentType: string, body: Buffer) => Promise<string | undefined>
