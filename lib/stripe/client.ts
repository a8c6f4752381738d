import Stripe from 'stripe'
import { env } from '@/lib/platform/env'
import { single } from '@/lib/platform/global'

/** Whether this shop takes cards in the browser. */
export function takesCards(): boolean {
  return env().STRIPE_SECRET_KEY !== undefined
}

/** Stripe's API. Calls throw `Stripe.errors.StripeError`. Throws when Stripe is not configured. */
export function stripe(): Stripe {
  return single('stripe', () => {
    const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE } = env()
    if (!key) throw new Error('STRIPE_SECRET_KEY is not set')
    const base = new URL(STRIPE_API_BASE)
    const isPlain = base.protocol === 'http:'
    return new Stripe(key, {
      host: base.hostname,
      port: base.port || (isPlain ? 80 : 443),
      protocol: isPlain ? 'http' : 'https',
      timeout: 8000,
      maxNetworkRetries: 1,
      telemetry: false,
      appInfo: { name: 'Starpass' },
    })
  })
}
