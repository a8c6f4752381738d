import { z } from 'zod'

/** The longest time that is given by one grant; for longer there is lifetime. */
export const grantDaysMax = 3650

const given = z.object({
  /** Made with the form: the same form sent twice gives once. */
  id: z.uuid(),
  telegramUserId: z.int().positive(),
  planCode: z.string().min(1).max(64),
  reason: z.string().trim().min(1).max(500),
})
const days = z.int().min(1).max(grantDaysMax)

/** `days: null` is lifetime. */
export const grantInput = given.extend({ days: days.nullable() })
export type GrantInput = z.infer<typeof grantInput>

export const extendInput = given.extend({ days })
export type ExtendInput = z.infer<typeof extendInput>

export type GrantOutcome = 'granted' | 'already_granted'
