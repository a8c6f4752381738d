import { z } from 'zod'

/** What a `subscription` update says; `canceled` and `active` are the person's own doing. */
export const subscriptionState = z.enum(['active', 'canceled', 'failed'])
export type SubscriptionState = z.infer<typeof subscriptionState>
