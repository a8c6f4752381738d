import type { OrderField, OrderInfo, Person, ShippingAddress } from '@/simulator/wire'
import type { Invoice } from './invoices'

/** What a buyer would have typed into the fields that an invoice asks for. */
export function typicalOrderInfo(invoice: Invoice, person: Person): OrderInfo {
  const has = (field: OrderField) => invoice.needs.includes(field)
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ')
  return {
    ...(has('name') ? { name } : {}),
    ...(has('phone_number') ? { phone_number: '4915112345678' } : {}),
    ...(has('email') ? { email: `person${person.id}@example.com` } : {}),
    ...(has('shipping_address')
      ? {
          shipping_address: {
            country_code: 'DE',
            state: '',
            city: 'Berlin',
            street_line1: 'Weg 1',
            street_line2: '',
            post_code: '10115',
          },
        }
      : {}),
  }
}

function addressError(address: ShippingAddress | undefined): string | undefined {
  if (!/^[A-Z]{2}$/.test(address?.country_code ?? '')) return 'ADDRESS_COUNTRY_INVALID'
  if (!address?.city.trim()) return 'ADDRESS_CITY_INVALID'
  if (!address.street_line1.trim()) return 'ADDRESS_STREET_LINE1_INVALID'
  return /^[\w -]{2,12}$/.test(address.post_code) ? undefined : 'ADDRESS_POSTCODE_INVALID'
}

/** The first thing that is wrong with what the buyer filled in. */
export function orderInfoError(invoice: Invoice, info: OrderInfo): string | undefined {
  const has = (field: OrderField) => invoice.needs.includes(field)
  if (has('name') && !info.name?.trim()) return 'REQ_INFO_NAME_INVALID'
  if (has('phone_number') && !/^\+?\d{6,15}$/.test(info.phone_number ?? '')) {
    return 'REQ_INFO_PHONE_INVALID'
  }
  if (has('email') && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(info.email ?? '')) {
    return 'REQ_INFO_EMAIL_INVALID'
  }
  return has('shipping_address') ? addressError(info.shipping_address) : undefined
}

/** Only what was asked for, in the order and with the spelling the bot is told. */
export function keptOrderInfo(invoice: Invoice, info: OrderInfo): OrderInfo | undefined {
  if (invoice.needs.length === 0) return undefined
  const has = (field: OrderField) => invoice.needs.includes(field)
  const phone = info.phone_number?.replace(/^\+/, '')
  return {
    ...(has('name') && info.name ? { name: info.name } : {}),
    ...(has('phone_number') && phone ? { phone_number: phone } : {}),
    ...(has('email') && info.email ? { email: info.email } : {}),
    ...(has('shipping_address') && info.shipping_address
      ? { shipping_address: info.shipping_address }
      : {}),
  }
}

/** As parsed: members that are `undefined` are left out. */
export function orderInfoOf(
  input: {
    [Field in OrderField]?: OrderInfo[Field] | undefined
  },
): OrderInfo {
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given)
}
