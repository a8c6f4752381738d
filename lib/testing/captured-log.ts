import { z } from 'zod'
import { env } from '@/lib/platform/env'
import { makeLog } from '@/lib/platform/log'

const line = z.looseObject({ level: z.number(), event: z.string() })
export type LogLine = z.infer<typeof line>

/**
 * Puts the product's own log into memory instead of standard output. Call it
 * before anything is logged; `lines` are the objects, `text` is what would have been written.
 */
export function captureLog(level: 'info' | 'trace' = 'info') {
  const written: string[] = []
  env().LOG_LEVEL = level
  // The name under which `log()` keeps its one logger per process.
  Object.assign(globalThis, {
    'starpass.log': makeLog({ write: (text) => void written.push(text) }),
  })
  return {
    text: () => written.join(''),
    lines: (): LogLine[] => written.map((text) => line.parse(JSON.parse(text))),
    clear: () => void written.splice(0),
  }
}

export type CapturedLog = ReturnType<typeof captureLog>
