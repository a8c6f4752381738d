import { useSyncExternalStore } from 'react'
import type {
  Chat,
  OrderInfo,
  PaymentForm,
  PaymentReply,
  Person,
  Platform,
  ShippingOption,
} from '@/simulator/wire'
import { wasObserverOpen } from './observer/memory'
import { rememberedPlatform, rememberedVersion } from './personality'
import { currentTheme, type ThemeName } from './theme'

/** One opened Mini App. `key` names this opening: events for an older one go nowhere. */
export type MiniAppSession = {
  key: number
  personId: number
  botId: number
  title: string
  url: string
  origin: string
  platform: Platform
  /** Of the bridge: newer methods are ignored. */
  version: string
  /** Put aside: the page goes on living out of sight. */
  minimized: boolean
}

export type InvoiceStatus = 'paid' | 'failed' | 'pending' | 'cancelled'

export type Payment = {
  key: number
  personId: number
  form: PaymentForm
  /** The opening that asked with `web_app_open_invoice` and wants to hear how it ended. */
  app: number | null
  /** The client that shows the sheet. */
  platform: Platform
  step: 'order' | 'shipping' | 'confirm' | 'top-up' | 'pending' | 'verify' | 'paid' | 'failed'
  /** What `invoice_closed` says when the sheet goes away now. */
  result: InvoiceStatus
  /** Card payments: what was filled in and chosen so far. */
  order: OrderInfo
  shippingOptions: ShippingOption[]
  shippingOptionId: string | null
  tip: number
  card: string
  /** A request is under way that does not move money. */
  busy: boolean
  /** The sentence under the price: why it failed, or what is peculiar. */
  message?: string
  /** Told to the Mini App in place of the truth (fault injection). */
  reported?: NonNullable<PaymentReply['reported_status']>
}

export type Receipt = {
  title: string
  currency: string
  amount: number
  chargeId?: string
  subscriptionUntil?: number
}

export type State = {
  people: Person[] | null
  personId: number | null
  chats: Chat[]
  chatsLoaded: boolean
  botId: number | null
  /** Phones show one of the two; wide screens show both. */
  screen: 'people' | 'chat'
  /** People whose chat changed while somebody else was looked at. */
  unread: ReadonlySet<number>
  online: boolean
  theme: ThemeName
  platform: Platform
  /** An older bridge than the client's own, or ''. */
  version: string
  observerOpen: boolean
  starsOpen: boolean
  /** Text a Mini App put into the message field. */
  draft: { key: number; botId: number; text: string } | null
  /** A `?start=` link was opened: the next START sends this. */
  startParam: { botId: number; value: string } | null
  waitingCallback: string | null
  linkToOpen: string | null
  miniApp: MiniAppSession | null
  payment: Payment | null
  receipt: Receipt | null
  notice: { key: number; text: string } | null
  alert: string | null
}

let state: State = {
  people: null,
  personId: null,
  chats: [],
  chatsLoaded: false,
  botId: null,
  screen: 'people',
  unread: new Set(),
  online: true,
  theme: currentTheme(),
  platform: rememberedPlatform(),
  version: rememberedVersion(),
  observerOpen: wasObserverOpen(),
  starsOpen: false,
  draft: null,
  startParam: null,
  waitingCallback: null,
  linkToOpen: null,
  miniApp: null,
  payment: null,
  receipt: null,
  notice: null,
  alert: null,
}

const listeners = new Set<() => void>()
let lastKey = 0

export function getState(): State {
  return state
}

export function setState(patch: Partial<State>): void {
  state = { ...state, ...patch }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Re-renders when what `select` returns is another value (it must not build new objects). */
export function useApp<T>(select: (state: State) => T): T {
  return useSyncExternalStore(subscribe, () => select(state))
}

export function nextKey(): number {
  lastKey += 1
  return lastKey
}

export function showNotice(text: string): void {
  setState({ notice: { key: nextKey(), text } })
}

/** Runs something that talks to the server; what goes wrong is shown as a notice. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    showNotice(error instanceof Error ? error.message : String(error))
  }
}

export function currentChat(from: State): Chat | undefined {
  return from.chats.find((chat) => chat.bot.id === from.botId)
}

export function currentPerson(from: State): Person | undefined {
  return from.people?.find((person) => person.id === from.personId)
}
