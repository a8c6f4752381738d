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
      redact: {
        paths: ['token', 'secret', 'initData', 'authorization', '*.token', '*.authorization'],
        censor: '[hidden]',
      },
    }),
  )
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
