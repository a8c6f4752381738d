import type {
  ApiCall,
  Chat,
  ChatMessage,
  ClockView,
  Delivery,
  OrderInfoReply,
  OrderInfoRequest,
  PaymentForm,
  PaymentFormRequest,
  PaymentReply,
  PaymentRequest,
  Person,
  QueueView,
  StripeDelivery,
  SubscriptionView,
  VerificationRequest,
  WebAppReply,
  WebAppRequest,
} from '@/simulator/wire'

/** What the server said no with: a code for the program, a sentence for the person. */
export class ApiError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type ResolvedLink =
  | { kind: 'invoice'; slug: string }
  | { kind: 'bot'; bot_id: number; start?: string; startapp?: string }
  | { kind: 'unknown' }

export type Faults = Record<string, unknown>

type BotOfPerson = { person_id: number; bot_id: number }

function errorFrom(status: number, body: unknown): ApiError {
  const fields = typeof body === 'object' && body !== null ? body : {}
  const code =
    'error' in fields && typeof fields.error === 'string' ? fields.error : `HTTP_${status}`
  const message = 'message' in fields && typeof fields.message === 'string' ? fields.message : code
  return new ApiError(code, message)
}

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    throw new ApiError('OFFLINE', 'The simulator does not answer. Is it still running?')
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw errorFrom(response.status, body)
  return body as T
}

function sendJson<T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T> {
  return request<T>(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const post = <T>(path: string, body: object) => sendJson<T>('POST', path, body)
const put = <T>(path: string, body: object) => sendJson<T>('PUT', path, body)

export const api = {
  people: () => request<Person[]>('/client/people'),
  addPerson: (body: { first_name: string; stars?: number }) => post<Person>('/client/people', body),
  chats: (personId: number) => request<Chat[]>(`/client/chats/${personId}`),
  send: (body: BotOfPerson & { text: string }) => post<ChatMessage>('/client/messages', body),
  callback: (body: BotOfPerson & { message_id: number; data: string }) =>
    post<object>('/client/callbacks', body),
  allowWriting: (body: BotOfPerson) => post<object>('/client/write-access', body),
  topUp: (body: { person_id: number; amount: number }) => post<Person>('/client/top-up', body),
  block: (body: BotOfPerson & { blocked: boolean }) => post<object>('/client/block', body),
  link: (url: string) => request<ResolvedLink>(`/client/links?url=${encodeURIComponent(url)}`),
  openWebApp: (body: WebAppRequest) => post<WebAppReply>('/client/web-app', body),
  paymentForm: (body: PaymentFormRequest) => post<PaymentForm>('/client/payment-form', body),
  orderInfo: (body: OrderInfoRequest) => post<OrderInfoReply>('/client/order-info', body),
  pay: (body: PaymentRequest) => post<PaymentReply>('/client/payment', body),
  verifyPayment: (body: VerificationRequest) =>
    post<PaymentReply>('/client/payment-verification', body),

  subscriptions: (personId: number) =>
    request<SubscriptionView[]>(`/control/subscriptions?person_id=${personId}`),
  editSubscription: (body: {
    person_id: number
    charge_id: string
    action: 'cancel' | 'enable' | 'fulfill'
  }) => post<SubscriptionView>('/control/subscriptions', body),

  deliveries: () => request<Delivery[]>('/control/deliveries?body=1'),
  calls: () => request<ApiCall[]>('/control/calls'),
  cardEvents: () => request<StripeDelivery[]>('/control/stripe/deliveries?body=1'),
  deliverCardEvent: (eventId: string) =>
    post<object>('/control/stripe/deliver', { event_ids: [eventId] }),
  queues: () => request<QueueView[]>('/control/queues'),
  delivery: (updateId: number, botId: number, action: 'replay' | 'hold' | 'release') =>
    post<object>(`/control/deliveries/${updateId}/${action}?bot_id=${botId}`, {}),
  clock: () => request<ClockView>('/control/clock'),
  advance: (seconds: number) => post<ClockView>('/control/clock', { advance_seconds: seconds }),
  faults: () => request<Faults>('/control/faults'),
  setFaults: (faults: Faults) => put<Faults>('/control/faults', faults),
}
