import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { type ContextType, createElement, type ReactNode } from 'react'
import { renderToReadableStream } from 'react-dom/server'
import * as webAccount from '@/app/(web)/account/actions'
import * as receiptPage from '@/app/(web)/account/payments/[id]/page'
import * as payNews from '@/app/(web)/pay/[id]/news/route'
import * as payPage from '@/app/(web)/pay/[id]/page'
import * as offerPage from '@/app/(web)/plans/[code]/page'
import * as auditPage from '@/app/admin/audit/page'
import * as health from '@/app/admin/health/actions'
import * as payment from '@/app/admin/payments/[id]/actions'
import * as paymentPage from '@/app/admin/payments/[id]/page'
import * as exporting from '@/app/admin/payments/export/route'
import * as paymentsPage from '@/app/admin/payments/page'
import * as planPage from '@/app/admin/plans/[code]/page'
import * as plans from '@/app/admin/plans/actions'
import * as settings from '@/app/admin/settings/actions'
import * as user from '@/app/admin/users/[id]/actions'
import * as userPage from '@/app/admin/users/[id]/page'
import * as usersPage from '@/app/admin/users/page'
import * as invoice from '@/app/api/v1/invoices/[id]/route'
import * as myEntitlements from '@/app/api/v1/me/entitlements/route'
import * as myPayments from '@/app/api/v1/me/payments/route'
import * as restoring from '@/app/api/v1/me/restore/route'
import * as me from '@/app/api/v1/me/route'
import * as cancelling from '@/app/api/v1/me/subscriptions/[planCode]/cancel/route'
import * as resuming from '@/app/api/v1/me/subscriptions/[planCode]/resume/route'
import * as ordering from '@/app/api/v1/telegram/payment/send-invoice/route'
import * as entitlementsOf from '@/app/api/v1/users/[telegramId]/entitlements/route'
import * as miniApp from '@/app/app/actions'
import { newId } from '@/lib/kit/ids'
import { env } from '@/lib/platform/env'
import { makePerson } from './factories'
import { makeInitData } from './init-data'
import type { TestBrowser } from './next-request'

/** Something that takes an id: what it gives to whoever has this browser, as text. */
export type SwapDoor = {
  name: string
  /** Whose rules it goes by. */
  as: 'person' | 'admin page' | 'admin list' | 'admin action' | 'forger' | 'service'
  open: (browser: TestBrowser, id: string) => Promise<string>
}
type As = SwapDoor['as']

const quiet = () => {}
/** Buttons ask for the router, which a page has in a browser. */
const router = {
  ...{ back: quiet, forward: quiet, refresh: quiet },
  ...{ push: quiet, replace: quiet, prefetch: quiet },
} as unknown as ContextType<typeof AppRouterContext>

/** All that a page sends: what is drawn, and what its parts are given. */
async function draws(shown: ReactNode): Promise<string> {
  const framed = createElement(AppRouterContext.Provider, { value: router }, shown)
  const faults: unknown[] = []
  const stream = await renderToReadableStream(framed, {
    onError: (fault) => void faults.push(fault),
  })
  await stream.allReady
  const html = await new Response(stream).text()
  if (faults.length > 0) throw faults[0]
  const given = JSON.stringify(shown, (key, value) => (key.startsWith('_') ? undefined : value))
  // Texts that stand beside each other are told apart by comments.
  return `${html.replaceAll('<!-- -->', '')}\n${given}`
}

type Query = Record<string, string | string[] | undefined>
type PageProps = { params: Promise<Record<string, string>>; searchParams: Promise<Query> }
type Page = (props: PageProps) => Promise<ReactNode>
type PropsOf = (id: string) => { params?: Record<string, string>; query?: Query }

const page = (name: string, as: As, show: unknown, propsOf: PropsOf): SwapDoor => ({
  name,
  as,
  open: (browser, id) =>
    browser.within(browser.request('/admin'), async () => {
      const { params = {}, query = {} } = propsOf(id)
      const props = { params: Promise.resolve(params), searchParams: Promise.resolve(query) }
      // What Next gives to pages is the same for all of them.
      return draws(await (show as Page)(props))
    }),
})

type Context = { params: Promise<Record<string, string>> }
type Route = (request: Request, context: Context) => Promise<Response>
type Asked = {
  param?: string
  query?: (id: string) => Record<string, string>
  method?: string
  body?: (id: string) => string
  headers?: (id: string) => Record<string, string>
}

const route = (name: string, as: As, handle: unknown, asked: Asked = {}): SwapDoor => ({
  name,
  as,
  async open(browser, id) {
    const { param, query, method = 'GET', body, headers } = asked
    const path = `/api/asked?${new URLSearchParams(query?.(id) ?? {})}`
    const bare = browser.request(path, { method, headers: headers?.(id) ?? {} })
    const request = body ? new Request(bare, { body: body(id) }) : bare
    const context = { params: Promise.resolve(param ? { [param]: id } : {}) }
    // What Next gives to routes is the same for all of them.
    const response = await browser.within(bare, () => (handle as Route)(request, context))
    if (response.status >= 500) throw new Error(`${response.status} ${await response.text()}`)
    return `${response.status} ${JSON.stringify([...response.headers])} ${await beginning(response)}`
  },
})

/** All of an answer, or of one that goes on what it begins with. */
async function beginning(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.includes('event-stream')) return response.text()
  const reader = response.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return new TextDecoder().decode(first?.value)
}

const action = (name: string, as: As, act: (id: string) => Promise<unknown>): SwapDoor => ({
  name,
  as,
  open: (browser, id) =>
    browser.within(browser.request('/admin', { method: 'POST' }), async () => {
      const text = JSON.stringify(await act(id))
      if (text?.includes('internal_error')) throw new Error(text)
      return text
    }),
})

/** Init data of somebody else by the id, with the signature of one's own. */
function forged(id: string): string {
  const own = new URLSearchParams(makeInitData(makePerson()))
  own.set('user', JSON.stringify({ id: Number(id) || id, first_name: 'Mallory' }))
  return own.toString()
}
const asForger = (id: string) => ({ authorization: `tma ${forged(id)}` })
const asService = () => ({ authorization: `Bearer ${env().INTERNAL_API_TOKEN}` })
const asWrongService = () => ({ authorization: 'Bearer of-somebody-else' })

const reason = 'the test'
const order = (id: string) => JSON.stringify({ plan_code: 'gold_1m', telegram_id: id, user_id: id })
const person = (id: string) => ({ telegramUserId: Number(id), reason })
const grant = (id: string) => ({ ...person(id), id: newId(), planCode: 'gold_1m', days: 1 })
const named = (id: string) => ({ telegram_id: id, user_id: id, id })

/** Every action of the admin that takes an id. */
export const swapActions: Record<string, (id: string) => Promise<unknown>> = {
  refund: (paymentId) => payment.refund({ paymentId, reason }),
  markAsRefunded: (paymentId) => payment.markAsRefunded({ paymentId, reason }),
  honour: (paymentId) => payment.honour({ paymentId, planCode: 'gold_1m', reason }),
  replay: (paymentId) => payment.replay({ paymentId }),
  leave: (paymentId) => payment.leave({ paymentId, reason }),
  grantByHand: (id) => user.grantByHand(grant(id)),
  extend: (id) => user.extend(grant(id)),
  revoke: (grantId) => user.revoke({ grantId, reason }),
  message: (id) => user.message({ telegramUserId: Number(id), id: newId(), text: 'hello' }),
  restore: (id) => user.restore(person(id)),
  logOut: (id) => user.logOut(person(id)),
  ban: (id) => user.ban(person(id)),
  unban: (id) => user.unban(person(id)),
  move: (code) => plans.move({ code, direction: 'up' }),
  retire: (code) => plans.retire({ code, reason }),
  putBack: (code) => plans.putBack({ code, reason }),
  resolveOne: (id) => health.resolveOne({ id, reason }),
  replayOne: (id) => health.replayOne({ id, reason }),
  dismissOne: (id) => health.dismissOne({ id, reason }),
  retryFailed: (id) => health.retryFailed({ id, reason }),
  changeRole: (id) => settings.changeRole({ telegramUserId: Number(id), role: 'owner', reason }),
}

const pages: SwapDoor[] = [
  page('/admin/payments/[id]', 'admin page', paymentPage.default, (id) => ({ params: { id } })),
  page('/admin/users/[id]', 'admin page', userPage.default, (id) => ({ params: { id } })),
  page('/admin/plans/[code]', 'admin page', planPage.default, (code) => ({ params: { code } })),
  page('/admin/payments', 'admin list', paymentsPage.default, (q) => ({ query: { q } })),
  page('/admin/payments, a place', 'admin list', paymentsPage.default, (id) => ({
    query: { q: [id], older_than: id, plan: id, from: id },
  })),
  page('/admin/users', 'admin list', usersPage.default, (q) => ({ query: { q } })),
  page('/admin/users, a place', 'admin list', usersPage.default, (id) => ({
    query: { show: id, newer: id },
  })),
  page('/admin/audit', 'admin page', auditPage.default, (id) => ({
    query: { id, actor: id, before: id },
  })),
  page('/pay/[id]', 'person', payPage.default, (id) => ({ params: { id } })),
  action('/pay/[id], its title', 'person', (id) =>
    payPage.generateMetadata({ params: Promise.resolve({ id }) }),
  ),
  page('/plans/[code]', 'person', offerPage.default, (code) => ({ params: { code } })),
  page('/account/payments/[id]', 'person', receiptPage.default, (id) => ({ params: { id } })),
]

const routes: SwapDoor[] = [
  route('/admin/payments/export', 'admin action', exporting.GET, { query: (q) => ({ q }) }),
  route('/pay/[id]/news', 'person', payNews.GET, { param: 'id' }),
  route('/api/v1/invoices/[id]', 'person', invoice.GET, { param: 'id' }),
  route('/api/v1/invoices/[id], live', 'person', invoice.GET, {
    ...{ param: 'id', query: () => ({ live: '1' }) },
  }),
  route('/api/v1/me/entitlements', 'person', myEntitlements.GET, { query: named }),
  route('/api/v1/me/payments', 'person', myPayments.GET, { query: named }),
  route('/api/v1/me/subscriptions/[planCode]/cancel', 'person', cancelling.POST, {
    param: 'planCode',
    method: 'POST',
  }),
  route('/api/v1/me/subscriptions/[planCode]/resume', 'person', resuming.POST, {
    param: 'planCode',
    method: 'POST',
  }),
  action('cancelRenewal', 'person', (code) => webAccount.cancelRenewal(code)),
  action('resumeRenewal', 'person', (code) => webAccount.resumeRenewal(code)),
  route('/api/v1/users/[telegramId]/entitlements', 'person', entitlementsOf.GET, {
    param: 'telegramId',
  }),
  route('/api/v1/users/[telegramId]/entitlements, a guess', 'forger', entitlementsOf.GET, {
    ...{ param: 'telegramId', headers: asWrongService },
  }),
  route('/api/v1/users/[telegramId]/entitlements, a service', 'service', entitlementsOf.GET, {
    ...{ param: 'telegramId', headers: asService },
  }),
]

const forgeries: SwapDoor[] = [
  route('entitlements, forged', 'forger', myEntitlements.GET, { headers: asForger }),
  route('payments, forged', 'forger', myPayments.GET, { headers: asForger }),
  route('delete, forged', 'forger', me.DELETE, { method: 'DELETE', headers: asForger }),
  route('restore, forged', 'forger', restoring.POST, { method: 'POST', headers: asForger }),
  route('cancel, forged', 'forger', cancelling.POST, {
    ...{ param: 'planCode', method: 'POST', headers: () => asForger('1') },
  }),
  route('send-invoice, forged', 'forger', ordering.POST, {
    ...{ method: 'POST', headers: asForger, body: order },
  }),
  route('invoices/[id], forged', 'forger', invoice.GET, { param: 'id', headers: asForger }),
  action('buyPlan, forged', 'forger', (id) =>
    miniApp.buyPlan(forged(id), { plan_code: 'gold_1m' }),
  ),
]

/** Every door of the product that takes an id of a person or of something of theirs. */
export const swapDoors: SwapDoor[] = [
  ...pages,
  ...routes,
  ...forgeries,
  ...Object.entries(swapActions).map(([name, act]) => action(name, 'admin action', act)),
]
