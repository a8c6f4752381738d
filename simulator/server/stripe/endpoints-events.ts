import { z } from 'zod'
import type { StripeAccount } from './account'
import { mergeMetadata } from './customers'
import { type Endpoint, on, readable } from './endpoint'
import { missing } from './errors'
import { params } from './form'
import { listOf } from './lists'
import * as schemas from './params'

function endpointById(account: StripeAccount, id: string) {
  const found = account.webhooks.endpoints.get(id)
  if (found === undefined) throw missing('webhook_endpoint', id)
  return found
}

export const events: Endpoint[] = [
  on('GET', 'events', ({ account, input }) => {
    const schema = z.strictObject({
      ...schemas.list,
      type: schemas.optionalText,
      types: schemas.textList,
      delivery_success: schemas.bool.optional(),
    })
    const { type, types, delivery_success } = params(schema, input)
    const found = [...account.events.values()].filter((event) => {
      const isPrefix = type?.endsWith('.*') && event.type.startsWith(type.slice(0, -1))
      return (
        (type === undefined || event.type === type || isPrefix) &&
        (types === undefined || types.includes(event.type)) &&
        (delivery_success === undefined || delivery_success === (event.pending_webhooks === 0))
      )
    })
    return listOf(found, '/v1/events', input)
  }),
  ...readable('events', 'event', (account) => account.events),
  on('POST', 'webhook_endpoints', ({ account, input }) => {
    const { url, enabled_events, description, metadata } = params(schemas.createEndpoint, input)
    const secret = account.id('whsec', 32)
    const made = { url, enabled_events, description, metadata, secret }
    return { ...account.addEndpoint(made), secret }
  }),
  on('GET', 'webhook_endpoints', ({ account, input }) => {
    const all = [...account.webhooks.endpoints.values()].map(({ endpoint }) => endpoint)
    return listOf(all, '/v1/webhook_endpoints', input)
  }),
  on('GET', 'webhook_endpoints/:id', ({ account, id }) => endpointById(account, id).endpoint),
  on('POST', 'webhook_endpoints/:id', ({ account, id, input }) => {
    const { endpoint } = endpointById(account, id)
    const change = params(schemas.updateEndpoint, input)
    if (change.url !== undefined) endpoint.url = change.url
    if (change.enabled_events !== undefined) endpoint.enabled_events = change.enabled_events
    if (change.description !== undefined) endpoint.description = change.description || null
    if (change.disabled !== undefined) endpoint.status = change.disabled ? 'disabled' : 'enabled'
    endpoint.metadata = mergeMetadata(endpoint.metadata, change.metadata)
    return endpoint
  }),
  on('DELETE', 'webhook_endpoints/:id', ({ account, id }) => {
    endpointById(account, id)
    account.webhooks.endpoints.delete(id)
    return { id, object: 'webhook_endpoint', deleted: true }
  }),
]
