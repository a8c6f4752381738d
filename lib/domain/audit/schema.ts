import { z } from 'zod'

export const auditSubjects = [
  'payment',
  'user',
  'plan',
  'update',
  'setting',
  'export',
  'finding',
  'job',
  'role',
] as const
export type AuditSubject = (typeof auditSubjects)[number]

const day = z.iso.date().optional().catch(undefined)
/** PostgreSQL takes no text with a zero byte. */
const word = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\0'))
  .optional()
  .catch(undefined)

/** A place in the list: a moment and the id of the entry there. */
const place = z
  .string()
  .regex(/^\d{1,15}_[0-9a-f-]{36}$/)
  .optional()
  .catch(undefined)

/** What the address of the list may say; what does not fit is left out. Days are UTC. */
export const auditFilter = z.object({
  actor: word,
  action: word,
  subject: z.enum(auditSubjects).optional().catch(undefined),
  id: word,
  from: day,
  to: day,
  /** Entries older than this place, or newer than that one. */
  before: place,
  after: place,
})
export type AuditFilter = z.infer<typeof auditFilter>

/** One thing that was done. Dates are ISO 8601. */
export type AuditDto = {
  id: string
  at: string
  /** A Telegram id, or the kind of actor that is no person. */
  actor: string
  name: string | null
  action: string
  subject: string
  subject_id: string
  reason: string | null
  details: Record<string, string>
  from: string | null
}

export type AuditPage = { entries: AuditDto[]; newer: string | null; older: string | null }
