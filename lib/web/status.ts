import { metricsResponse } from '@/lib/platform/metrics-response'
import { readiness } from '@/lib/platform/readiness'

/** The process is up; says nothing about anything else. */
export function healthResponse(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
}

/** 503 until the database is reachable and migrated. */
export async function readyResponse(): Promise<Response> {
  const state = await readiness()
  return Response.json(state.ready ? { status: 'ready' } : { status: 'not_ready', ...state }, {
    status: state.ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}

export async function metrics(request: Request): Promise<Response> {
  const { status, body, contentType } = await metricsResponse(request.headers.get('authorization'))
  return new Response(body, { status, headers: { 'content-type': contentType } })
}
