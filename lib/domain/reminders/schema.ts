import { z } from 'zod'

export const reminderKind = z.enum(['before_end', 'ended'])
export type ReminderKind = z.infer<typeof reminderKind>
