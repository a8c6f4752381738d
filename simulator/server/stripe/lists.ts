import { z } from 'zod'
import { invalid } from './errors'
import { params } from './form'
import { list } from './params'
import type { List } from './shapes'

const page = z.object(list)
type Page = z.output<typeof page>

type Listed = { id: string; created?: number }

function isWithin(created: number | undefined, range: NonNullable<Page['created']>): boolean {
  const at = created ?? 0
  const { gt, gte, lt, lte }: Partial<Record<'gt' | 'gte' | 'lt' | 'lte', number | undefined>> =
    range
  return (
    (gt === undefined || at > gt) &&
    (gte === undefined || at >= gte) &&
    (lt === undefined || at < lt) &&
    (lte === undefined || at <= lte)
  )
}

function positionOf(items: Listed[], id: string, param: string): number {
  const index = items.findIndex((item) => item.id === id)
  if (index < 0) throw invalid(`No such object: '${id}'`, param, 'resource_missing')
  return index
}

/** Newest first, a page at a time. */
export function listOf<T extends Listed>(all: Iterable<T>, url: string, input: unknown): List<T> {
  const { limit = 10, starting_after, ending_before, created } = params(page, input)
  const newest = [...all].reverse()
  const items =
    created === undefined ? newest : newest.filter((item) => isWithin(item.created, created))
  if (ending_before !== undefined) {
    const end = positionOf(items, ending_before, 'ending_before')
    const start = Math.max(end - limit, 0)
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url }
  }
  const start =
    starting_after === undefined ? 0 : positionOf(items, starting_after, 'starting_after') + 1
  const data = items.slice(start, start + limit)
  return { object: 'list', data, has_more: start + limit < items.length, url }
}
