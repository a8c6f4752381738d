import type { Html } from '@/simulator/server/page'
import { html } from '@/simulator/server/page'

/** An amount in a currency's smallest unit as people write it. */
export function amountText(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

export function dayText(unix: number): string {
  return new Date(unix * 1000).toLocaleDateString('en', { dateStyle: 'long', timeZone: 'UTC' })
}

export function linkTo(address: string | null, text: string): Html | undefined {
  return address === null ? undefined : html`<a class="button" href="${address}">${text}</a>`
}
