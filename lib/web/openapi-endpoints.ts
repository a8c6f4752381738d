import { apiMessages } from '@/lib/messages/api'
import type { SchemaName } from './openapi-schemas'

type Method = 'get' | 'post' | 'delete'
type Security = 'person' | 'service' | 'metrics' | 'telegram' | 'stripe' | 'none'

/** What one status carries: a schema as JSON, a media type of text, or nothing. */
export type Answer = {
  description: string
  json?: SchemaName
  text?: 'text/plain' | 'text/event-stream'
  isAnyJson?: true
}

export type Endpoint = {
  summary: string
  tag: keyof typeof apiMessages.tags
  security: Security
  body?: SchemaName
  query?: 'live'
  answers: Readonly<Record<number, Answer>>
  /** Statuses that are answered as a problem. */
  problems: readonly (keyof typeof apiMessages.problems)[]
}

const { summaries, answers: said } = apiMessages
const person = { tag: 'person', security: 'person' } as const
const service = { tag: 'service', security: 'service' } as const
const open = { tag: 'operations', security: 'none', problems: [] } as const
const text = (description: string): Answer => ({ description, text: 'text/plain' })
const renewal = (summary: string): Endpoint => ({
  ...person,
  summary,
  answers: { 200: { description: said.entitlement, json: 'Entitlement' } },
  problems: [401, 403, 404, 409, 500, 502],
})
const login: Endpoint = {
  summary: summaries.login,
  tag: 'login',
  security: 'none',
  answers: {
    200: { description: said.login, isAnyJson: true },
    302: { description: said.redirect },
  },
  problems: [403, 404, 429, 500],
}

/** Every endpoint, by its path and method. A test holds this to the route files of app. */
export const endpoints = {
  '/api/v1/telegram/payment/send-invoice': {
    post: {
      ...person,
      summary: summaries.sendInvoice,
      body: 'CreateInvoice',
      answers: { 201: { description: said.sent, json: 'Invoice' } },
      problems: [401, 403, 404, 409, 422, 429, 500, 502],
    },
  },
  '/api/v1/invoices/{id}': {
    get: {
      ...person,
      summary: summaries.invoice,
      query: 'live',
      answers: {
        200: { description: said.invoice, json: 'InvoiceStatus', text: 'text/event-stream' },
      },
      problems: [401, 403, 404, 429, 500],
    },
  },
  '/pay/{id}/news': {
    get: {
      ...person,
      summary: summaries.invoiceNews,
      answers: { 200: { description: said.invoiceNews, json: 'InvoiceNews' } },
      problems: [401, 403, 404, 500],
    },
  },
  '/api/v1/me/entitlements': {
    get: {
      ...person,
      summary: summaries.myEntitlements,
      answers: { 200: { description: said.entitlements, json: 'EntitlementList' } },
      problems: [401, 403, 500],
    },
  },
  '/api/v1/me/payments': {
    get: {
      ...person,
      summary: summaries.myPayments,
      answers: { 200: { description: said.payments, json: 'PaymentList' } },
      problems: [401, 403, 500],
    },
  },
  '/api/v1/me/subscriptions/{plan_code}/cancel': { post: renewal(summaries.cancel) },
  '/api/v1/me/subscriptions/{plan_code}/resume': { post: renewal(summaries.resume) },
  '/api/v1/me/restore': {
    post: {
      ...person,
      summary: summaries.restore,
      answers: {
        200: { description: said.restored, json: 'Restored' },
        202: { description: said.restoring, json: 'Restoring' },
      },
      problems: [401, 403, 429, 500, 502],
    },
  },
  '/api/v1/me': {
    delete: {
      ...person,
      summary: summaries.deleteMe,
      answers: { 204: { description: said.deleted } },
      problems: [401, 403, 500, 502],
    },
  },
  '/api/v1/users/{telegram_id}/entitlements': {
    get: {
      ...service,
      summary: summaries.userEntitlements,
      answers: { 200: { description: said.entitlements, json: 'EntitlementList' } },
      problems: [401, 404, 422, 500],
    },
  },
  '/api/v1/telegram/payment/validate': {
    post: {
      ...service,
      summary: summaries.validate,
      body: 'PreCheckoutQuery',
      answers: { 200: { description: said.verdict, json: 'ValidateAnswer' } },
      problems: [401, 404, 422, 500],
    },
  },
  '/api/v1/telegram/webhook': {
    post: {
      summary: summaries.telegramWebhook,
      tag: 'webhooks',
      security: 'telegram',
      body: 'Update',
      answers: {
        200: { description: said.taken, text: 'text/plain', isAnyJson: true },
        400: text(said.badUpdate),
        401: text(said.wrongSecret),
        413: text(said.tooLarge),
        503: text(said.notCommitted),
      },
      problems: [],
    },
  },
  '/api/v1/stripe/webhook': {
    post: {
      summary: summaries.stripeWebhook,
      tag: 'webhooks',
      security: 'stripe',
      body: 'StripeEvent',
      answers: {
        200: text(said.taken),
        400: text(said.badEvent),
        404: text(said.notSetUp),
        413: text(said.tooLarge),
        503: text(said.notCommitted),
      },
      problems: [],
    },
  },
  '/api/auth/{nextauth}': { get: login, post: login },
  '/api/auth/code': {
    get: {
      summary: summaries.loginState,
      tag: 'login',
      security: 'none',
      answers: { 200: { description: said.loginState, json: 'LoginState' } },
      problems: [403, 429, 500],
    },
  },
  '/api/health': {
    get: {
      ...open,
      summary: summaries.health,
      answers: { 200: { description: said.up, json: 'Health' } },
    },
  },
  '/api/ready': {
    get: {
      ...open,
      summary: summaries.ready,
      answers: {
        200: { description: said.ready, json: 'Ready' },
        503: { description: said.notReady, json: 'NotReady' },
      },
    },
  },
  '/api/metrics': {
    get: {
      ...open,
      security: 'metrics',
      summary: summaries.metrics,
      answers: {
        200: text(said.metrics),
        401: text(said.wrongToken),
        404: text(said.notSetUp),
      },
    },
  },
  '/api/openapi.json': {
    get: {
      ...open,
      summary: summaries.openapi,
      answers: { 200: { description: said.description, isAnyJson: true } },
    },
  },
} as const satisfies Record<string, Partial<Record<Method, Endpoint>>>
