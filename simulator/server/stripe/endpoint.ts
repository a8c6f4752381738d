import { z } from 'zod'
import type { StripeAccount } from './account'
import { missing } from './errors'
import { params } from './form'
import { listOf } from './lists'
import * as schemas from './params'

export type Call = { account: StripeAccount; id: string; input: unknown }
export type Endpoint = { method: string; pattern: RegExp; run: (call: Call) => object }

export function on(method: string, path: string, run: Endpoint['run']): Endpoint {
  return { method, pattern: new RegExp(`^/v1/${path.replace(':id', '(?<id>[^/]+)')}$`), run }
}

type Kind = { id: string; created?: number }
type Filters<T> = Record<string, (item: T, value: string) => boolean>

/** Retrieve and list, with the filters that the list knows. */
export function readable<T extends Kind>(
  path: string,
  kind: string,
  all: (account: StripeAccount) => Map<string, T>,
  filters: Filters<T> = {},
  defaults: Record<string, string> = {},
): Endpoint[] {
  const names = Object.keys(filters)
  const more = Object.fromEntries(names.map((name) => [name, schemas.optionalText]))
  const schema = z.strictObject({ ...schemas.list, ...more })
  return [
    on('GET', path, ({ account, input }) => {
      const given: Record<string, unknown> = { ...defaults, ...params(schema, input) }
      const items = [...all(account).values()].filter((item) => {
        return names.every((name) => {
          const value = given[name]
          return typeof value !== 'string' || filters[name]?.(item, value) !== false
        })
      })
      return listOf(items, `/v1/${path}`, input)
    }),
    on('GET', `${path}/:id`, ({ account, id, input }) => {
      params(schemas.onlyExpand, input)
      const found = all(account).get(id)
      if (found === undefined) throw missing(kind, id)
      return found
    }),
  ]
}
