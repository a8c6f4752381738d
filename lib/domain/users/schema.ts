import { z } from 'zod'

/** Whether the bot may write to a person, as far as we know. */
export const reachable = z.enum(['unknown', 'yes', 'never_started', 'blocked'])
export type Reachable = z.infer<typeof reachable>
