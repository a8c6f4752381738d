import { z } from 'zod'
import { entitlementDto, entitlementList } from '@/lib/domain/entitlements/schema'
import {
  createInvoiceInput,
  invoiceDto,
  invoiceNews,
  invoiceStatusDto,
} from '@/lib/domain/invoices/schema'
import { loginState } from '@/lib/domain/logins/schema'
import {
  paymentDto,
  paymentList,
  validateAnswer,
  validateInput,
} from '@/lib/domain/payments/schema'
import { problemTitles } from '@/lib/messages/problems'

/** As RFC 9457 says it; `code` is what a program goes by. */
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemTitles)),
  detail: z.string(),
})

/** What we send, by the names the description gives it. */
const answers = {
  Problem: problem,
  Invoice: invoiceDto,
  InvoiceStatus: invoiceStatusDto,
  InvoiceNews: invoiceNews,
  Entitlement: entitlementDto,
  EntitlementList: entitlementList,
  Payment: paymentDto,
  PaymentList: paymentList,
  Restored: z.object({ restored: z.int().min(0) }),
  Restoring: z.object({ status: z.literal('running') }),
  ValidateAnswer: validateAnswer,
  LoginState: z.object({ state: loginState }),
  Health: z.object({ status: z.literal('ok') }),
  Ready: z.object({ status: z.literal('ready') }),
  NotReady: z.object({
    status: z.literal('not_ready'),
    ready: z.literal(false),
    reason: z.enum(['database', 'migrations']),
  }),
} as const

/** What we take. */
const requests = {
  CreateInvoice: createInvoiceInput,
  PreCheckoutQuery: validateInput,
  Update: z.looseObject({ update_id: z.int() }),
  StripeEvent: z.looseObject({ id: z.string(), type: z.string() }),
} as const

export type SchemaName = keyof typeof answers | keyof typeof requests

export const refTo = (name: SchemaName) => `#/components/schemas/${name}`

/** Every schema as OpenAPI 3.1, which is JSON Schema 2020-12, takes it. */
export function componentSchemas(): Record<string, object> {
  return { ...converted(answers, 'output'), ...converted(requests, 'input') }
}

function converted(schemas: Record<string, z.ZodType>, io: 'input' | 'output') {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const uri = (id: string) => `#/components/schemas/${id}`
  const { schemas: made } = z.toJSONSchema(registry, { io, uri })
  return Object.fromEntries(
    Object.entries(made).map(([name, { $id: _, $schema: __, ...schema }]) => [name, schema]),
  )
}
