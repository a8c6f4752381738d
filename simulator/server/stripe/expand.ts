import { isRecord } from '@/simulator/server/json'
import type { StripeAccount } from './account'
import { invalid } from './errors'
import type { List } from './shapes'

const LIMIT = 4

function listed<T>(data: T[], url: string): List<T> {
  return { object: 'list', data, has_more: false, url }
}

/** Members that are only there when they are asked for. */
function includable(
  account: StripeAccount,
  object: Record<string, unknown>,
  name: string,
): object | undefined {
  const id = String(object.id)
  switch (`${object.object}.${name}`) {
    case 'checkout.session.line_items':
      return listed(
        account.checkouts.get(id)?.lines ?? [],
        `/v1/checkout/sessions/${id}/line_items`,
      )
    case 'invoice.payments': {
      const all = [...account.invoicePayments.values()]
      const data = all.filter(({ invoice }) => invoice === id)
      return listed(data, `/v1/invoice_payments?invoice=${id}`)
    }
    case 'charge.refunds': {
      const data = [...account.refunds.values()].filter(({ charge }) => charge === id)
      return listed(data.reverse(), `/v1/charges/${id}/refunds`)
    }
    case 'customer.subscriptions': {
      const all = [...account.subscriptions.values()]
      const data = all.filter(({ customer, status }) => customer === id && status !== 'canceled')
      return listed(data, `/v1/customers/${id}/subscriptions`)
    }
    default:
      return undefined
  }
}

function expandIn(account: StripeAccount, object: unknown, path: string[], whole: string): void {
  const [name, ...rest] = path
  if (name === undefined) return
  if (Array.isArray(object)) {
    for (const item of object) expandIn(account, item, path, whole)
    return
  }
  if (!isRecord(object)) return
  const value = object[name]
  const found = typeof value === 'string' ? account.find(value) : undefined
  if (found !== undefined) object[name] = structuredClone(found)
  else if (value === undefined) {
    const more = includable(account, object, name)
    if (more === undefined) {
      throw invalid(`This property cannot be expanded (${whole}).`, 'expand')
    }
    object[name] = structuredClone(more)
  }
  expandIn(account, object[name], rest, whole)
}

/** A copy of the answer with the objects that `expand` names in place of their ids. */
export function expanded(account: StripeAccount, answer: object, paths: string[]): object {
  const copy = structuredClone(answer)
  for (const path of paths) {
    const parts = path.split('.')
    if (parts.length > LIMIT) {
      throw invalid(`You cannot expand more than ${LIMIT} levels of a property.`, 'expand')
    }
    expandIn(account, copy, parts, path)
  }
  return copy
}
