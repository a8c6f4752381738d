import { workAsyncStorage } from 'next/dist/server/app-render/work-async-storage.external'
import { workUnitAsyncStorage } from 'next/dist/server/app-render/work-unit-async-storage.external'
import { createRequestStoreForAPI } from 'next/dist/server/async-storage/request-store'
import { NextRequest } from 'next/server'
import { env } from '@/lib/platform/env'

type WorkStore = NonNullable<ReturnType<typeof workAsyncStorage.getStore>>
type ApiArguments = Parameters<typeof createRequestStoreForAPI>

/**
 * A browser without a window: keeps cookies, and calls our handlers where Next would, so that
 * `headers()` and `cookies()` answer as in production.
 */
export class TestBrowser {
  readonly cookies = new Map<string, string>()

  constructor(readonly headers: Record<string, string> = {}) {}

  /** A request as this browser sends it from one of our pages. */
  request(path: string, init: { method?: string; body?: URLSearchParams; headers?: object } = {}) {
    const method = init.method ?? 'GET'
    const headers: Record<string, string> = {
      ...(method === 'GET' ? {} : { origin: env().APP_URL }),
      ...this.headers,
      ...init.headers,
    }
    if (this.cookies.size > 0) {
      headers.cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    }
    const body = init.body ? { body: init.body } : {}
    return new NextRequest(new URL(path, env().APP_URL), { method, headers, ...body })
  }

  /** Lets a handler answer, and keeps the cookies it sets. */
  async sends(
    request: NextRequest,
    handler: (request: NextRequest) => Promise<Response>,
  ): Promise<Response> {
    const response = await this.within(request, () => handler(request))
    this.keep(response.headers.getSetCookie())
    return response
  }

  /** Does work as a page or server action opened by this browser does. */
  within<T>(request: NextRequest, work: () => Promise<T>): Promise<T> {
    const updates: string[] = []
    const store = createRequestStoreForAPI(
      request as unknown as ApiArguments[0],
      request.nextUrl,
      { tags: [], expirationsByCacheKind: new Map() } as unknown as ApiArguments[2],
      (cookies) => updates.splice(0, updates.length, ...cookies),
      undefined as unknown as ApiArguments[4],
      undefined,
    )
    // All that `headers()` and `cookies()` ask of it.
    const page = { route: request.nextUrl.pathname } as unknown as WorkStore
    return workAsyncStorage.run(page, () =>
      workUnitAsyncStorage.run(store, async () => {
        const value = await work()
        this.keep(updates)
        return value
      }),
    )
  }

  private keep(setCookies: readonly string[]): void {
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split(/; ?/)
      const [name = '', ...rest] = pair.split('=')
      const value = rest.join('=')
      const isGone = attributes.some((each) => /^max-age=0$/i.test(each)) || value === ''
      if (isGone) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
