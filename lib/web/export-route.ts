import { Readable } from 'node:stream'
import { requireOwnOrigin } from '@/lib/auth/own-origin'
import { exportPayments } from '@/lib/domain/ledger/export-payments'
import { ledgerFilter } from '@/lib/domain/ledger/schema'
import { withLogContext } from '@/lib/platform/log'
import { requireAdminActor } from './admin-action'
import { toProblem } from './problem'
import { parseInput } from './rest'

/**
 * The payments of the filter in the address as a file. 401 nobody, 404 no role, 403 a role that may
 * not or another site, 422 a filter that does not fit.
 */
export function exportRoute(request: Request): Promise<Response> {
  return withLogContext({}, async () => {
    try {
      requireOwnOrigin(request)
      const actor = await requireAdminActor()
      const asked = Object.fromEntries(
        [...new URL(request.url).searchParams].filter(([, value]) => value !== ''),
      )
      const csv = await exportPayments(actor, parseInput(asked, ledgerFilter))
      const day = new Date().toISOString().slice(0, 10)
      // Node's stream and the one of the web are the same thing under two names here.
      return new Response(Readable.toWeb(csv) as ReadableStream<Uint8Array>, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="payments-${day}.csv"`,
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      })
    } catch (error) {
      return toProblem(error)
    }
  })
}
