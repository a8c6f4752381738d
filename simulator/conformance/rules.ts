import type { Section } from './rule'
import { transport } from './rules/a1-transport'
import { errors } from './rules/a2-errors'
import { registering } from './rules/a3-webhook'
import { again, delivery, queues } from './rules/a4-delivery'
import { methods, replies } from './rules/a5-a6-methods'
import { books, invoices, money } from './rules/a7-payments'
import { newer, purchase, renewals } from './rules/a8-a9-purchase'
import { payments, updates } from './rules/b-updates'
import { bridge } from './rules/c-bridge'
import { invoiceFlow } from './rules/c-invoice'
import { launch } from './rules/c-launch'
import { login } from './rules/d-login'

/** Every rule of Telegram that concerns messages, payments, the Mini App and logging in. */
export const SECTIONS: Section[] = [
  transport,
  errors,
  registering,
  delivery,
  again,
  queues,
  replies,
  methods,
  invoices,
  money,
  books,
  purchase,
  renewals,
  newer,
  updates,
  payments,
  launch,
  bridge,
  invoiceFlow,
  login,
]
