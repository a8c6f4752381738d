import type { JobSpec } from '@/lib/platform/jobs'

/** Stops the renewal of the subscription that was paid with this payload. */
export const stopJob = (telegramUserId: number, invoicePayload: string): JobSpec => ({
  name: 'stop_subscription',
  payload: { telegramUserId, invoicePayload },
  key: `stop_subscription:${telegramUserId}:${invoicePayload}`,
})
