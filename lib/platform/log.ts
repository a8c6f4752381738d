import { AsyncLocalStorage } from 'node:async_hooks'
import pino from 'pino'
import { env } from './env'
import { single } from './global'

/** Structured log on standard output. Secrets never go in; known names are censored besides. */
export function log(): pino.Logger {
  return single('log', () =>
    pino({
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => context().getStore() ?? {},
      redact: {
        paths: ['token', 'secret', 'initData', 'authorization', '*.token', '*.authorization'],
        censor: '[hidden]',
      },
    }),
  )
}

/** What every line of one purchase or one update says of it. */
export type LogContext = {
  /** The same in every line about one invoice and its money, whatever process writes it. */
  correlationId?: string
  telegramUserId?: number
  invoiceId?: string
}

const context = () => single('log.context', () => new AsyncLocalStorage<LogContext>())

/** Does the work with these fields in every line it logs, on top of those around it. */
export function withLogContext<T>(fields: LogContext, work: () => T): T {
  return context().run({ ...context().getStore(), ...fields }, work)
}

/** An error's message and place without anything that a library hangs on it. */
export function describeError(error: unknown): { message: string; stack?: string } {
  if (!(error instanceof Error)) return { message: hideToken(String(error)) }
  return {
    message: hideToken(`${error.name}: ${error.message}`),
    ...(error.stack ? { stack: hideToken(error.stack) } : {}),
  }
}

/** Bot tokens are part of Telegram's addresses, so network errors may quote them. */
function hideToken(text: string): string {
  return text.replaceAll(/\d{5,16}:[\w-]{20,}/g, '[bot token]')
}
