import { Readable } from 'node:stream'
import { requireOwnOrigin } from '@/lib/auth/own-origin'
import { exportPayments, guessExported } from '@/lib/domain/ledger/export-payments'
import { ledgerFilter } from '@/lib/domain/ledger/schema'
import { Refusal } from '@/lib/kit/errors'
import { withLogContext } from '@/lib/platform/log'
import { requireAdminActor } from './admin-action'
import { toProblem } from './problem'
import { parseInput } from './rest'

/**
 * The payments of the filter in the address as a file, and about how many there are. 401 nobody,
 * 404 no role, 403 a role that may not or another site, 422 a filter that does not fit.
 */
export function exportRoute(request: Request): Promise<Response> {
  return withLogContext({}, async () => {
    try {
      requireOwnOrigin(request)
      // Each export is written down, so a page of a neighbour on the same site may not cause one.
      if (request.headers.get('sec-fetch-site') === 'same-site') {
        throw new Refusal('forbidden_origin')
      }
      const actor = await requireAdminActor()
      const asked = Object.fromEntries(
        [...new URL(request.url).searchParams].filter(([, value]) => value !== ''),
      )
      const filter = parseInput(asked, ledgerFilter)
      const day = new Date().toISOString().slice(0, 10)
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="payments-${day}.csv"`,
        'x-rows-about': String(await guessExported(actor, filter)),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      }
      // Next asks here for a HEAD, too, and then nobody reads what was begun.
      if (request.method === 'HEAD') return new Response(null, { headers })
      const csv = await exportPayments(actor, filter)
      // Node's stream and the one of the web are the same thing under two names here.
      return new Response(Readable.toWeb(csv) as ReadableStream<Uint8Array>, { headers })
    } catch (error) {
      return toProblem(error)
    }
  })
}
