import type { EntitlementDto, EntitlementList } from '@/lib/domain/entitlements/schema'
import type { InvoiceStatusDto } from '@/lib/domain/invoices/schema'
import type { PaymentList } from '@/lib/domain/payments/schema'
import type { RefusalCode } from '@/lib/kit/errors'

export type ProblemCode = RefusalCode | 'network' | 'internal_error'

export type ApiResult<T> =
  | { ok: true; value: T }
  | { ok: false; code: ProblemCode; retryAfterSeconds?: number }

/** What a search at Telegram found, or that another one is still under way. */
export type Restored = { restored: number } | { status: 'running' }

/** What the Mini App asks of our server, in the name of the person in `initData`. */
export type Api = {
  entitlements(): Promise<ApiResult<EntitlementList>>
  payments(): Promise<ApiResult<PaymentList>>
  invoice(id: string): Promise<ApiResult<InvoiceStatusDto>>
  /** Stops or resumes the renewal of a plan; needs init data of at most an hour. */
  renewal(planCode: string, change: 'cancel' | 'resume'): Promise<ApiResult<EntitlementDto>>
  restore(): Promise<ApiResult<Restored>>
}

const timeoutMs = 10_000
/** Our server asks Telegram meanwhile. */
const slowTimeoutMs = 40_000

export function createApi(initData: string): Api {
  return {
    entitlements: () => get<EntitlementList>('/api/v1/me/entitlements', initData),
    payments: () => get<PaymentList>('/api/v1/me/payments', initData),
    invoice: (id) => get<InvoiceStatusDto>(`/api/v1/invoices/${encodeURIComponent(id)}`, initData),
    renewal: (planCode, change) =>
      post<EntitlementDto>(`/api/v1/me/subscriptions/${planCode}/${change}`, initData),
    restore: () => post<Restored>('/api/v1/me/restore', initData),
  }
}

const get = <T>(path: string, initData: string) => ask<T>('GET', path, initData, timeoutMs)
const post = <T>(path: string, initData: string) => ask<T>('POST', path, initData, slowTimeoutMs)

async function ask<T>(
  method: string,
  path: string,
  initData: string,
  patienceMs: number,
): Promise<ApiResult<T>> {
  const aborter = new AbortController()
  const timer = setTimeout(() => aborter.abort(), patienceMs)
  try {
    const response = await fetch(path, {
      method,
      headers: { Authorization: `tma ${initData}` },
      cache: 'no-store',
      credentials: 'omit',
      signal: aborter.signal,
    })
    if (response.ok) return { ok: true, value: await ownAnswer<T>(response) }
    return await problemOf(response)
  } catch {
    return { ok: false, code: 'network' }
  } finally {
    clearTimeout(timer)
  }
}

/** Our own server writes these answers from the same schemas, so they are not parsed again here. */
async function ownAnswer<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}

async function problemOf<T>(response: Response): Promise<ApiResult<T>> {
  const isProblem = response.headers.get('content-type')?.includes('problem+json')
  // Anything else comes from a proxy or a server in trouble: worth another try.
  if (!isProblem) return { ok: false, code: response.status < 500 ? 'internal_error' : 'network' }
  const { code } = await ownAnswer<{ code: ProblemCode }>(response)
  const retryAfterSeconds = Number(response.headers.get('retry-after'))
  return { ok: false, code, ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}) }
}
