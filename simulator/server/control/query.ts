import { HttpError } from '@/simulator/server/errors'
import type { RouteContext } from '@/simulator/server/http'
import { personById } from '@/simulator/server/people'

export function number(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) throw new HttpError(400, 'BAD_REQUEST', `Not a number: ${text}`)
  return value
}

export function personOf({ world, query, path }: RouteContext) {
  const id = number(path.person_id ?? query.get('person_id'))
  if (id === undefined) throw new HttpError(400, 'BAD_REQUEST', 'person_id is missing.')
  return personById(world, id)
}
