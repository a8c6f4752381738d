import { z } from 'zod'

const id = z.int().positive()
const bot_id = id.optional()

export const person = z.object({
  id: id.max(2 ** 52 - 1).optional(),
  first_name: z.string().min(1).max(64).optional(),
  last_name: z.string().max(64).optional(),
  username: z
    .string()
    .regex(/^\w{3,32}$/)
    .optional(),
  language_code: z.string().max(35).optional(),
  stars: z.int().min(0).optional(),
})
export const bot = z.object({
  token: z.string(),
  username: z.string().regex(/^\w{3,32}$/),
  first_name: z.string().min(1).max(64).optional(),
})
export const message = z.object({ person_id: id, bot_id, text: z.string() })
export const edit = z.object({ person_id: id, bot_id, message_id: id, text: z.string() })
export const callback = z.object({ person_id: id, bot_id, message_id: id, data: z.string() })
export const orderInfo = z.object({
  name: z.string().optional(),
  phone_number: z.string().optional(),
  email: z.string().optional(),
  shipping_address: z
    .object({
      country_code: z.string(),
      state: z.string().default(''),
      city: z.string(),
      street_line1: z.string(),
      street_line2: z.string().default(''),
      post_code: z.string(),
    })
    .optional(),
})
export const pay = z.object({
  person_id: id,
  link: z.string(),
  cancel: z.enum(['form', 'checkout']).optional(),
  affiliate_per_mille: z.int().min(1).max(999).optional(),
  card: z.string().optional(),
  tip_amount: z.int().min(0).optional(),
  shipping_option_id: z.string().optional(),
  order_info: orderInfo.optional(),
  verification: z.enum(['approve', 'refuse']).optional(),
})
export const withdrawal = z.object({ bot_id, amount: z.int().positive().optional() })
export const affiliate = z.object({
  bot_id,
  person_id: id,
  affiliate_person_id: id,
  per_mille: z.int().min(0).max(999),
})
export const settings = z.strictObject({
  webhooks: z.enum(['local', 'strict']).optional(),
  star_invoice_flags: z.enum(['ignore', 'reject']).optional(),
})
export const subscription = z.object({
  person_id: id,
  charge_id: z.string(),
  action: z.enum(['cancel', 'enable', 'fail', 'fulfill']),
})
export const refund = z.object({ charge_id: z.string() })
export const block = z.object({ person_id: id, bot_id, blocked: z.boolean() })
export const writeAccess = z.object({ person_id: id, bot_id })
export const stars = z.object({ person_id: id, amount: z.int() })
export const clock = z.object({
  advance_seconds: z
    .number()
    .min(0)
    .max(10 * 366 * 86_400),
})
export const update = z.object({
  bot_id,
  update: z.record(z.string(), z.unknown()),
  queue: z.int().optional(),
})
