import { z } from 'zod'
import { env } from './env'

const reading = z.object({ now: z.iso.datetime({ offset: true }) })

/** The time everything is judged by; the simulator's while `SIMULATED_CLOCK_URL` is set. */
export async function now(): Promise<Date> {
  const url = env().SIMULATED_CLOCK_URL
  if (!url) return new Date()
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
  return new Date(reading.parse(await response.json()).now)
}
