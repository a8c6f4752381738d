import { expect } from 'vitest'
import { ANN, BEN, OLGA } from '@/simulator/server/testing/harness'
import { BOT_ID, FIAT, MONTH, press } from './helpers'
import { got, hooked, paid } from './hooked'
import { prove } from './prove'
import { updates } from './rules/b-updates'

const INT64 = /^-?\d{1,20}$/

prove(updates, {
  'B-rule-1': async () => {
    const { bench, hook } = await hooked()
    await bench.pay(await bench.link())
    const [payment] = await paid(bench, hook)
    expect(payment).not.toHaveProperty('is_recurring')
    const [query] = await got(bench, hook, 'pre_checkout_query')
    expect(query?.from).toMatchObject({ is_bot: false })
    expect(query?.from).not.toHaveProperty('is_premium')
  },
  'B-rule-2': async () => {
    const { bench, hook } = await hooked()
    await bench.say('x', BEN)
    const [message] = await got(bench, hook, 'message')
    expect(message?.chat).toEqual({ id: BEN, first_name: 'Ben', type: 'private' })
    await bench.pay(await bench.link({ ...FIAT, is_flexible: false, need_shipping_address: true }))
    const [payment] = await paid(bench, hook)
    expect(payment?.order_info).toMatchObject({ shipping_address: { state: '', street_line2: '' } })
    expect(payment).toHaveProperty('provider_payment_charge_id')
  },
  'B-rule-3': async () => {
    const { bench, hook } = await hooked()
    await bench.say('x', OLGA)
    await bench.settle()
    expect(hook.received[0]?.raw).toContain('"from":{"id":4503599627370495,')
  },
  'B-rule-4': async () => {
    const { bench, hook } = await hooked()
    await press(bench)
    await bench.pay(await bench.link())
    const [callback] = await got(bench, hook, 'callback_query')
    const [query] = await got(bench, hook, 'pre_checkout_query')
    expect(callback).toMatchObject({
      id: expect.stringMatching(INT64),
      chat_instance: expect.stringMatching(INT64),
    })
    expect(query?.id).toMatch(INT64)
  },
  'B-rule-5': async () => {
    const { bench } = await hooked()
    const { charge_id } = await bench.pay(await bench.link())
    expect(charge_id).toMatch(/^stx.{126,}$/)
  },
  'B-rule-6': async () => {
    const { bench, hook } = await hooked()
    await bench.say('x')
    await bench.settle()
    expect(Object.keys(hook.received[0]?.update ?? {})).toEqual(['update_id', 'message'])
  },
  'B.1-start-1': async () => {
    const { bench, hook } = await hooked()
    await bench.say('/start plan_pro', OLGA)
    expect(await got(bench, hook, 'message')).toEqual([
      {
        message_id: 1,
        from: {
          id: OLGA,
          is_bot: false,
          first_name: 'Ольга',
          username: 'olga_k',
          language_code: 'ru',
        },
        chat: { id: OLGA, first_name: 'Ольга', username: 'olga_k', type: 'private' },
        date: expect.any(Number),
        text: '/start plan_pro',
        entities: [{ offset: 0, length: 6, type: 'bot_command' }],
      },
    ])
  },
  'B.1-start-2': async () => {
    const { bench, hook } = await hooked()
    for (let index = 0; index < 2; index++) await bench.say('/start')
    expect(await got(bench, hook, 'message')).toHaveLength(2)
  },
  'B.2-command-1': async () => {
    const { bench, hook } = await hooked()
    await bench.say('/buy@my_plans_bot pro')
    await bench.say('😀 /buy')
    expect(await got(bench, hook, 'message')).toMatchObject([
      { entities: [{ offset: 0, length: 17, type: 'bot_command' }] },
      { entities: [{ offset: 3, length: 4 }] },
    ])
  },
  'B.2-command-2': async () => {
    const { bench, hook } = await hooked()
    const { message_id } = await bench.say('/buy')
    await bench.post('/control/edits', { person_id: ANN, message_id, text: '/buy pro' })
    expect(await got(bench, hook, 'edited_message')).toMatchObject([
      { message_id, text: '/buy pro', edit_date: expect.any(Number), from: { id: ANN } },
    ])
  },
  'B.3-callback-1': async () => {
    const { bench, hook } = await hooked()
    await bench.say('/start')
    const reply_markup = { inline_keyboard: [[{ text: 'Pro', callback_data: 'buy:pro' }]] }
    await bench.api('sendMessage', { chat_id: ANN, text: 'Choose', reply_markup })
    await press(bench, 'buy:pro', 2)
    const [callback] = await got(bench, hook, 'callback_query')
    expect(Object.keys(callback ?? {})).toEqual(['id', 'from', 'message', 'chat_instance', 'data'])
    expect(callback).toMatchObject({
      from: { id: ANN },
      message: { message_id: 2, from: { id: BOT_ID, is_bot: true }, text: 'Choose', reply_markup },
      data: 'buy:pro',
    })
  },
  'B.3-callback-2': async () => {
    const { bench, hook } = await hooked()
    await press(bench, 'x', 19)
    expect(await got(bench, hook, 'callback_query')).toMatchObject([
      { message: { chat: { id: ANN }, message_id: 19, date: 0 } },
    ])
  },
  'B.3-callback-3': async () => {
    const { bench, hook } = await hooked()
    await press(bench, 'old:v1')
    expect(await press(bench, 'x'.repeat(65))).toMatchObject({ error: 'DATA_INVALID' })
    expect(await got(bench, hook, 'callback_query')).toMatchObject([{ data: 'old:v1' }])
  },
  'B.11-member-1': async () => {
    const { bench, hook } = await hooked()
    for (const blocked of [true, false]) {
      await bench.post('/control/block', { person_id: ANN, blocked })
    }
    const kicked = { user: { id: BOT_ID }, status: 'kicked', until_date: 0 }
    const member = { user: { id: BOT_ID }, status: 'member' }
    expect(await got(bench, hook, 'my_chat_member')).toMatchObject([
      { from: { id: ANN }, old_chat_member: member, new_chat_member: kicked },
      { from: { id: ANN }, old_chat_member: kicked, new_chat_member: member },
    ])
  },
  'B.11-member-2': async () => {
    const { bench, hook } = await hooked()
    await bench.pay(await bench.link({ subscription_period: MONTH }))
    await bench.post('/control/block', { person_id: ANN, blocked: true })
    await bench.advance(MONTH + 1)
    expect(await paid(bench, hook)).toHaveLength(2)
  },
  'B.12-access-1': async () => {
    const { bench, hook } = await hooked()
    await bench.post('/control/write-access', { person_id: ANN })
    expect(await got(bench, hook, 'message')).toMatchObject([
      { write_access_allowed: { from_request: true } },
    ])
    expect((await bench.api('sendMessage', { chat_id: ANN, text: 'x' })).ok).toBe(true)
  },
  'B.12-unknown-1': async () => {
    const { bench, hook } = await hooked()
    await bench.post('/control/updates', { update: { brand_new_type: { x: 1 } } })
    await bench.settle()
    expect(hook.received[0]?.raw).toMatch(/^\{"update_id":\d+,\n"brand_new_type":\{"x":1\}\}$/)
  },
})
