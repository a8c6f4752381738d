import { AsyncLocalStorage } from 'node:async_hooks'
import pino from 'pino'
import { env } from './env'
import { single } from './global'
import { hideSecrets } from './secrets'

/** Structured log on standard output. Secrets never go in; what slips in is hidden on the way out. */
export function log(): pino.Logger {
  return single('log', makeLog)
}

/** The product's log into any stream. */
export function makeLog(stream?: pino.DestinationStream): pino.Logger {
  return pino(
    {
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: (_line, level) => contextAt(level),
      redact: {
        paths: ['token', 'secret', 'initData', 'authorization', '*.token', '*.authorization'],
        censor: '[hidden]',
      },
      hooks: { streamWrite: hideSecrets },
    },
    stream,
  )
}

/** What every line of one purchase or one request says of it. */
export type LogContext = {
  /** The same in every line about one invoice and its money, whatever process writes it. */
  correlationId?: string | undefined
  telegramUserId?: number | undefined
  invoiceId?: string | undefined
}

const context = () => single('log.context', () => new AsyncLocalStorage<LogContext>())

/** Does the work with these fields in every line it logs, on top of those around it. */
export function withLogContext<T>(fields: LogContext, work: () => T): T {
  return context().run({ ...context().getStore(), ...fields }, work)
}

/**
 * Adds fields to the context that a door opened, for all of its lines from here on: what is read out
 * of a request belongs into the line about its failure too.
 */
export function addLogContext(fields: LogContext): void {
  Object.assign(context().getStore() ?? {}, fields)
}

const errorLevel = pino.levels.values.error ?? 50

/** A copy: pino writes the line's own fields into it. Every line of a purchase has an outcome. */
function contextAt(level: number): LogContext & { outcome?: string } {
  const fields = context().getStore()
  if (!fields?.correlationId) return { ...fields }
  return { outcome: level >= errorLevel ? 'failed' : 'pending', ...fields }
}

/** An error's message and place without anything that a library hangs on it. */
export function describeError(error: unknown): { message: string; stack?: string } {
  if (!(error instanceof Error)) return { message: hideIds(String(error)) }
  return {
    message: hideIds(`${error.name}: ${error.message}`),
    ...(error.stack ? { stack: hideIds(error.stack) } : {}),
  }
}

/** Databases quote the values they choke on, and charge ids of others are nobody's business. */
function hideIds(text: string): string {
  return hideSecrets(text).replaceAll(/[\w-]{60,}/g, '[long text]')
}
