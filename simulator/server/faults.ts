import { z } from 'zod'
import { MISBEHAVIOURS } from './login/misbehaviour'

const count = z.int().min(0)

const apiFault = z.strictObject({
  /** HTTP status and error_code; 0 cuts the connection without an answer. */
  status: z.int().min(0).max(599).optional(),
  /** The answer comes only after this long, on the simulated clock. */
  delay_ms: count.optional(),
  description: z.string().optional(),
  retry_after: z.int().min(0).optional(),
  /** How many calls are hit; without it, all. */
  times: count.optional(),
  /** The method takes effect, only its answer is replaced. */
  after: z.boolean().optional(),
})

const webhookStatus = z.strictObject({
  status: z.int().min(100).max(599),
  times: count.optional(),
  /** false: a proxy in front answers and the app never sees the request. */
  delivered: z.boolean().optional(),
})

type WebhookStatus = z.output<typeof webhookStatus>

const plainStatus = z
  .int()
  .min(100)
  .max(599)
  .transform((status): WebhookStatus => ({ status }))

/** All updates, or those of these types. */
const types = z.union([z.boolean(), z.array(z.string())])

const floodWait = z.union([
  z.boolean(),
  z.strictObject({
    /** Messages a second to one chat, and to all chats together. */
    per_chat: z.int().min(1).default(1),
    overall: z.int().min(1).default(30),
    /** Seconds the bot is told to wait. */
    retry_after: z.int().min(1).default(5),
  }),
])

const login = z.union([
  z.enum(MISBEHAVIOURS).transform((misbehave): LoginFault => ({ misbehave })),
  z.strictObject({ misbehave: z.enum(MISBEHAVIOURS), times: count.optional() }),
])

type LoginFault = { misbehave: (typeof MISBEHAVIOURS)[number]; times?: number | undefined }

const stripeWebhook = z.strictObject({
  status: z.int().min(100).max(599).nullish(),
  times: count.optional(),
  delivered: z.boolean().optional(),
  drop_answer: count.nullish(),
  hang: count.nullish(),
  duplicate: count.nullish(),
  delay_ms: count.nullish(),
  shuffle_ms: count.nullish(),
  hold: types.nullish(),
  drop: types.nullish(),
})

export const faultsSchema = z.strictObject({
  webhook_status: z.union([plainStatus, webhookStatus]).nullish(),
  duplicate: count.nullish(),
  drop_answer: z.union([z.boolean().transform(Number), count]).nullish(),
  delay_ms: count.nullish(),
  reorder_ms: count.nullish(),
  hang: z.union([z.boolean().transform(Number), count]).nullish(),
  drop: types.nullish(),
  hold: types.nullish(),
  sending_ms: count.nullish(),
  flood_wait: floodWait.nullish(),
  api: z.record(z.string(), apiFault).nullish(),
  client_status: z.enum(['failed', 'pending', 'silent']).nullish(),
  decline_after_approval: z.union([z.boolean(), count]).nullish(),
  login: login.nullish(),
  stripe_webhook: stripeWebhook.nullish(),
  stripe_api: z.record(z.string(), apiFault).nullish(),
  stripe_renewals: z.union([z.literal('decline'), count]).nullish(),
})

export type Faults = z.output<typeof faultsSchema>
export type ApiFault = z.output<typeof apiFault>

/** Takes one use of a fault that is limited by `times`; false when it is used up. */
export function use(fault: { times?: number | undefined }): boolean {
  if (fault.times === undefined) return true
  if (fault.times === 0) return false
  fault.times -= 1
  return true
}

export function apiFaultFor(faults: Faults, method: string): ApiFault | undefined {
  for (const [name, fault] of Object.entries(faults.api ?? {})) {
    if (name !== '*' && name.toLowerCase() !== method.toLowerCase()) continue
    if (use(fault)) return fault
  }
  return undefined
}

export function declinesRenewal(faults: Faults): boolean {
  const setting = faults.stripe_renewals
  if (typeof setting !== 'number') return setting === 'decline'
  if (setting === 0) return false
  faults.stripe_renewals = setting - 1
  return true
}

export function declinesAfterApproval(faults: Faults): boolean {
  const setting = faults.decline_after_approval
  if (typeof setting !== 'number') return setting === true
  if (setting === 0) return false
  faults.decline_after_approval = setting - 1
  return true
}

function concerns(types: boolean | string[] | null | undefined, type: string): boolean {
  return Array.isArray(types) ? types.includes(type) : types === true
}

/** What happens to an update when it is made. */
export function fateOf(
  faults: Pick<Faults, 'drop' | 'hold'>,
  type: string,
): 'keep' | 'hold' | 'drop' {
  if (concerns(faults.drop, type)) return 'drop'
  return concerns(faults.hold, type) ? 'hold' : 'keep'
}

export function floodLimits(faults: Faults) {
  const setting = faults.flood_wait
  if (!setting) return undefined
  return setting === true ? { per_chat: 1, overall: 30, retry_after: 5 } : setting
}
