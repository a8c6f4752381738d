import { describe, expect, it } from 'vitest'
import { ANN, BEN, INVOICE, startBench } from '@/simulator/server/testing/harness'

type Case = [name: string, parameters: object, description: string]
const button = (extra: object) => ({ inline_keyboard: [[{ text: 'x', ...extra }]] })

const messages: Case[] = [
  ['no text', { chat_id: ANN }, 'Bad Request: message text is empty'],
  ['blank text', { chat_id: ANN, text: '  ' }, 'Bad Request: message text is empty'],
  ['long text', { chat_id: ANN, text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
  ['no chat', { text: 'x' }, 'Bad Request: chat_id is empty'],
  ['unknown chat', { chat_id: 5, text: 'x' }, 'Bad Request: chat not found'],
  [
    'never started',
    { chat_id: BEN, text: 'x' },
    "Forbidden: bot can't initiate conversation with a user",
  ],
  [
    'bad mode',
    { chat_id: ANN, text: 'x', parse_mode: 'rtf' },
    'Bad Request: unsupported parse_mode',
  ],
  [
    'unclosed tag',
    { chat_id: ANN, text: '<b>x', parse_mode: 'HTML' },
    'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  ],
  [
    'reserved character',
    { chat_id: ANN, text: 'a.b', parse_mode: 'MarkdownV2' },
    "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  ],
  [
    'text button',
    { chat_id: ANN, text: 'x', reply_markup: button({}) },
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  ],
  [
    'long callback data',
    { chat_id: ANN, text: 'x', reply_markup: button({ callback_data: 'я'.repeat(33) }) },
    'Bad Request: BUTTON_DATA_INVALID',
  ],
]

const price = (amount: unknown, label: unknown = 'l') => ({ prices: [{ label, amount }] })
const fiat = { currency: 'EUR', provider_token: '1:TEST:2', ...price(1450) }
const month = { subscription_period: 2_592_000 }

const invoices: Case[] = [
  ['title first', { title: '', payload: '' }, 'Bad Request: parameter "title" is required'],
  ['description', { description: '' }, 'Bad Request: parameter "description" is required'],
  ['payload', { payload: '' }, 'Bad Request: parameter "payload" is required'],
  ['currency', { currency: '', prices: '' }, 'Bad Request: parameter "currency" is required'],
  ['prices', { prices: '' }, 'Bad Request: parameter "prices" is required'],
  ['prices no JSON', { prices: '[{' }, "Bad Request: can't parse prices JSON object"],
  ['prices no array', { prices: {} }, 'Bad Request: expected an Array of labeled prices'],
  [
    'price no object',
    { prices: [5] },
    "Bad Request: can't parse labeled price: LabeledPrice must be an Object",
  ],
  [
    'empty label',
    price(5, ''),
    "Bad Request: can't parse labeled price: LabeledPrice label must be non-empty",
  ],
  ['no price', { prices: [] }, 'Bad Request: there must be at least one price'],
  ['huge', price(10 ** 12), 'Bad Request: too big amount of the currency specified'],
  ['zero', price(0), 'Bad Request: total price must be positive'],
  ['long payload', { payload: 'я'.repeat(65) }, 'Bad Request: INVOICE_PAYLOAD_INVALID'],
  ['provider for Stars', { provider_token: '1:TEST:2' }, 'Bad Request: STARS_INVOICE_INVALID'],
  ['fiat without provider', { currency: 'EUR' }, 'Bad Request: PAYMENT_PROVIDER_INVALID'],
  ['cents', { ...fiat, ...price(5) }, 'Bad Request: CURRENCY_TOTAL_AMOUNT_INVALID'],
  [
    'tip above the limit',
    { ...fiat, max_tip_amount: 5, suggested_tip_amounts: [6] },
    "Bad Request: suggested tip amount can't be bigger than max_tip_amount",
  ],
  ['week', { subscription_period: 604_800 }, 'Bad Request: SUBSCRIPTION_PERIOD_INVALID'],
  ['fiat subscription', { ...fiat, ...month }, 'Bad Request: SUBSCRIPTION_PERIOD_INVALID'],
  ['dear subscription', { ...month, ...price(10_001) }, 'Bad Request: SUBSCRIPTION_AMOUNT_INVALID'],
]

const tooOld = 'Bad Request: query is too old and response timeout expired or query ID is invalid'
const others: [method: string, parameters: object, description: string][] = [
  ['answerPreCheckoutQuery', { ok: true }, tooOld],
  ['answerPreCheckoutQuery', {}, 'Bad Request: parameter "error_message" is required'],
  ['answerCallbackQuery', { callback_query_id: '5' }, tooOld],
  ['refundStarPayment', {}, 'Bad Request: invalid user_id specified'],
  [
    'refundStarPayment',
    { user_id: ANN },
    'Bad Request: parameter "telegram_payment_charge_id" is required',
  ],
  [
    'refundStarPayment',
    { user_id: ANN, telegram_payment_charge_id: 'x' },
    'Bad Request: CHARGE_ID_EMPTY',
  ],
  ['editUserStarSubscription', { user_id: ANN }, 'Bad Request: CHARGE_ID_INVALID'],
  ['editUserStarSubscription', { user_id: 5 }, 'Bad Request: USER_ID_INVALID'],
  [
    'editMessageText',
    { chat_id: ANN, message_id: 99, text: 'x' },
    'Bad Request: message to edit not found',
  ],
  ['setMyCommands', { commands: '{' }, "Bad Request: can't parse commands JSON object"],
  [
    'setMyCommands',
    { commands: [{ command: 'Buy', description: 'x' }] },
    'Bad Request: BOT_COMMAND_INVALID',
  ],
  ['setChatMenuButton', { chat_id: -5 }, 'Bad Request: invalid chat_id specified'],
  [
    'setChatMenuButton',
    { menu_button: { type: 'x' } },
    "Bad Request: can't parse menu button: MenuButton has unsupported type",
  ],
  ['setWebhook', { url: 'no url' }, 'Bad Request: invalid webhook URL specified'],
  [
    'setWebhook',
    { url: 'http://x', secret_token: 'ä' },
    'Bad Request: secret token contains unallowed characters',
  ],
  [
    'setWebhook',
    { url: 'http://x', secret_token: 'a'.repeat(257) },
    'Bad Request: secret token is too long',
  ],
]

describe('refusals', () => {
  it.each(messages)('sendMessage, %s', async (_name, parameters, description) => {
    const bench = await startBench()
    await bench.say('/start')
    expect((await bench.api('sendMessage', parameters)).description).toBe(description)
  })

  it.each(invoices)('createInvoiceLink, %s', async (_name, parameters, description) => {
    const bench = await startBench()
    const answer = await bench.api('createInvoiceLink', { ...INVOICE, ...parameters })
    expect(answer.description).toBe(description)
  })

  it.each(others)('%s %j', async (method, parameters, description) => {
    const bench = await startBench()
    expect((await bench.api(method, parameters)).description).toBe(description)
  })

  it('sendInvoice carries no subscription and wants Pay first', async () => {
    const bench = await startBench()
    const subscription = await bench.api('sendInvoice', { ...INVOICE, ...month, chat_id: ANN })
    expect(subscription.description).toBe('Bad Request: SUBSCRIPTION_EXPORT_MISSING')
    const reply_markup = button({ callback_data: 'x' })
    const noPay = await bench.api('sendInvoice', { ...INVOICE, chat_id: ANN, reply_markup })
    expect(noPay.description).toBe('Bad Request: REPLY_MARKUP_BUY_EMPTY')
  })

  it('a blocked bot is told so, an unchanged edit too', async () => {
    const bench = await startBench()
    await bench.say('/start')
    const sent = await bench.api('sendMessage', { chat_id: ANN, text: 'x' })
    const { message_id } = sent.result as { message_id: number }
    const edit = await bench.api('editMessageText', { chat_id: ANN, message_id, text: 'x' })
    expect(edit.description).toMatch(/^Bad Request: message is not modified: specified new/)
    await bench.post('/control/block', { person_id: ANN, blocked: true })
    const blocked = await bench.api('sendMessage', { chat_id: ANN, text: 'x' })
    expect(blocked).toMatchObject({
      status: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
  })
})

describe('what is accepted', () => {
  it('lets a negative period be a one-off and test periods be short', async () => {
    const bench = await startBench()
    expect((await bench.api('createInvoiceLink', { ...INVOICE, subscription_period: -5 })).ok).toBe(
      true,
    )
    const short = { ...INVOICE, subscription_period: 60 }
    expect((await bench.api('createInvoiceLink', short)).ok).toBe(false)
    expect((await bench.api('test/createInvoiceLink', short)).ok).toBe(true)
  })

  it('lets the first known member of a button win, even "pay": false', async () => {
    const bench = await startBench()
    await bench.say('/start')
    const reply_markup = button({ pay: false, web_app: { url: 'https://x.test' } })
    const answer = await bench.api('sendInvoice', { ...INVOICE, chat_id: ANN, reply_markup })
    expect(answer.result).toMatchObject({
      invoice: { start_parameter: '', total_amount: 500 },
      reply_markup: { inline_keyboard: [[{ text: 'x', pay: true }]] },
    })
  })
})
