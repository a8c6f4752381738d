import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { single } from './global'

/** Everything that is counted: name, help and labels in one table. Prometheus names are public. */
const counters = {
  telegram_invoices_total: ['Invoices by plan and outcome', ['plan', 'outcome']],
  telegram_pre_checkout_total: ['Pre-checkout answers', ['outcome', 'reason']],
  telegram_payments_total: ['Charges that arrived', ['plan', 'currency', 'kind', 'outcome']],
  telegram_payment_amount_total: ['Smallest units of completed charges', ['currency']],
  stripe_payments_total: ['Card charges that arrived', ['plan', 'currency', 'kind', 'outcome']],
  stripe_payment_amount_total: ['Smallest units of completed card charges', ['currency']],
  stripe_refunds_total: ['Card refunds that happened', ['outcome']],
  telegram_refunds_total: ['Refunds that happened', ['outcome']],
  reconciliation_repairs_total: ['What was missing and repaired', ['kind']],
  rate_limit_rejections_total: ['Attempts over a limit', ['limit']],
  security_incidents_total: ['Attempts to cheat, each refused', ['kind']],
} as const satisfies Record<string, readonly [string, readonly string[]]>

const histograms = {
  telegram_webhook_duration_seconds: [
    'Webhook handling time',
    ['update', 'outcome'],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  ],
  entitlement_activation_seconds: [
    'From the charge date to the commit',
    [],
    [0.5, 1, 2, 5, 10, 30, 60, 300, 3600, 86_400],
  ],
} as const satisfies Record<string, readonly [string, readonly string[], readonly number[]]>

type Metrics = {
  registry: Registry
  counters: Record<keyof typeof counters, Counter>
  histograms: Record<keyof typeof histograms, Histogram>
}

function makeMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const make = <K extends string, V>(names: readonly K[], one: (name: K) => V) =>
    // Every name of the table is mapped, so the record is whole.
    Object.fromEntries(names.map((name) => [name, one(name)])) as Record<K, V>
  return {
    registry,
    counters: make(keys(counters), (name) => {
      const [help, labelNames] = counters[name]
      return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
    }),
    histograms: make(keys(histograms), (name) => {
      const [help, labelNames, buckets] = histograms[name]
      return new Histogram({
        name,
        help,
        labelNames: [...labelNames],
        buckets: [...buckets],
        registers: [registry],
      })
    }),
  }
}

/** The keys of an object literal, which has no others. */
function keys<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[]
}

const metrics = () => single('metrics', makeMetrics)

type Labels<T> = T extends readonly [string, readonly (infer L extends string)[], ...unknown[]]
  ? Record<L, string>
  : never

const currencies = new Set([...Intl.supportedValuesOf('currency'), 'XTR'])

/** What others send must not become labels without end. */
function bounded<T extends Record<string, string>>(labels: T): T {
  const { currency } = labels
  return currency === undefined || currencies.has(currency)
    ? labels
    : { ...labels, currency: 'unknown' }
}

export function count<K extends keyof typeof counters>(
  name: K,
  labels: Labels<(typeof counters)[K]>,
  by = 1,
): void {
  metrics().counters[name].inc(bounded(labels), by)
}

export function observe<K extends keyof typeof histograms>(
  name: K,
  labels: Labels<(typeof histograms)[K]>,
  seconds: number,
): void {
  metrics().histograms[name].observe(labels, seconds)
}

/** All metrics as Prometheus text. */
export async function metricsText(): Promise<{ body: string; contentType: string }> {
  const { registry } = metrics()
  return { body: await registry.metrics(), contentType: registry.contentType }
}
