import { expect } from 'vitest'
import { ANN, BEN, type Bench, INVOICE, startBench } from '@/simulator/server/testing/harness'
import { BOT_ID, eventually, press, refusal, TOO_OLD } from './helpers'
import { prove } from './prove'
import { errors } from './rules/a2-errors'

async function started(): Promise<Bench> {
  const bench = await startBench()
  await bench.say('/start')
  return bench
}

async function answerTo(bench: Bench, token: string) {
  const response = await fetch(`${bench.simulator.url}/bot${token}/danceTango`)
  return [response.status, ((await response.json()) as { description: string }).description]
}

const invalid = [401, 'Unauthorized: invalid token specified']
const calls = (bench: Bench) => bench.simulator.world.requests.length

prove(errors, {
  'A.2-envelope-1': async () => {
    const bench = await startBench()
    const members = async (method: string, parameters = {}) => {
      const { status, headers, ...body } = await bench.api(method, parameters)
      return Object.keys(body)
    }
    expect(await members('getMe')).toEqual(['ok', 'result'])
    expect(await members('setWebhook', { url: 'http://127.0.0.1:9/' })).toContain('description')
    expect(await members('deleteWebhook')).toEqual(['ok', 'result', 'description'])
  },
  'A.2-envelope-2': async () => {
    const { status, headers, ...body } = await (await startBench()).api('sendMessage')
    expect(status).toBe(400)
    expect(body).toEqual({
      ok: false,
      error_code: 400,
      description: 'Bad Request: message text is empty',
    })
  },
  'A.2-envelope-3': async () => {
    const bench = await startBench()
    await bench.post('/control/faults', { api: { '*': { status: 429, retry_after: 7 } } })
    const answer = await bench.api('getMe')
    expect(answer).toMatchObject({ status: 429, parameters: { retry_after: 7 } })
    expect(answer.headers.get('retry-after')).toBe('7')
  },
  'A.2-token-1': async () => {
    const bench = await startBench()
    for (const token of ['0123:abc', `7:${'x'.repeat(80)}`, 'abc']) {
      expect(await answerTo(bench, token)).toEqual(invalid)
    }
  },
  'A.2-token-2': async () => {
    const text = 'Misdirected Request: unallowed token specified'
    expect(await answerTo(await startBench(), 'abc:def')).toEqual([421, text])
  },
  'A.2-token-3': async () => {
    const bench = await startBench()
    for (const id of ['-5', String(2n ** 54n), '99999999999999999999']) {
      expect(await answerTo(bench, `${id}:def`)).toEqual(invalid)
    }
  },
  'A.2-token-4': async () => {
    expect(await answerTo(await startBench(), `${BOT_ID}:wrong`)).toEqual([401, 'Unauthorized'])
  },
  'A.2-method-1': async () => {
    const bench = await startBench()
    const known = await answerTo(bench, bench.simulator.botToken)
    expect(known).toEqual([404, 'Not Found: method not found'])
    expect((await answerTo(bench, '5:x'))[0]).toBe(401)
  },
  'A.2-inflight-1': async () => {
    const bench = await started()
    await bench.post('/control/faults', { sending_ms: 60_000 })
    const send = (text: string) => bench.api('sendMessage', { chat_id: ANN, text })
    const sends = Array.from({ length: 310 }, () => send('x'))
    await eventually(() => calls(bench)).toBe(310)
    // Refused before anything of it is read.
    const refused = send('')
    await eventually(() => calls(bench)).toBe(311)
    await bench.advance(2)
    expect(bench.simulator.world.requests[310]?.status).toBe(0)
    await bench.advance(1.5)
    expect(await refused).toMatchObject({ status: 429, parameters: { retry_after: 60 } })
    await bench.advance(60)
    expect((await Promise.all(sends)).every(({ ok }) => ok)).toBe(true)
    await bench.post('/control/faults', {})
    expect((await send('free again')).ok).toBe(true)
  },
  'A.2-flood-1': async () => {
    const bench = await started()
    await bench.say('/start', BEN)
    const flood_wait = { per_chat: 2, overall: 3, retry_after: 9 }
    await bench.post('/control/faults', { flood_wait })
    const send = (chat_id: number) => bench.api('sendMessage', { chat_id, text: 'x' })
    const sent = [await send(ANN), await send(ANN), await send(ANN), await send(BEN)]
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 429, 200])
    expect(await send(BEN)).toMatchObject({
      description: 'Too Many Requests: retry after 9',
      parameters: { retry_after: 9 },
    })
    await bench.advance(1)
    expect((await send(BEN)).ok).toBe(true)
  },
  'A.2-conflict-1': async () => {
    const bench = await startBench()
    await bench.hook()
    expect(await refusal(bench, 'getUpdates', {})).toBe(
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  },
  'A.2-conflict-2': async () => {
    const bench = await startBench()
    const first = bench.api('getUpdates', { timeout: 30 })
    await eventually(() => calls(bench)).toBe(1)
    const second = bench.api('getUpdates', { timeout: 30 })
    expect(await first).toMatchObject({
      status: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    await bench.say('x')
    expect((await second).ok).toBe(true)
  },
  'A.2-conflict-3': async () => {
    const bench = await startBench()
    const poll = bench.api('getUpdates', { timeout: 30 })
    await eventually(() => calls(bench)).toBe(1)
    await bench.hook()
    expect((await poll).description).toBe('Conflict: terminated by setWebhook request')
  },
  'A.2-conflict-4': async () => {
    const bench = await startBench()
    await bench.hook()
    expect((await bench.api('getUpdates')).status).toBe(409)
    const second = bench.api('getUpdates')
    await eventually(() => calls(bench)).toBe(3)
    await bench.advance(2)
    expect(bench.simulator.world.requests[2]?.status).toBe(0)
    await bench.advance(1.5)
    expect((await second).status).toBe(409)
  },
  'A.2-text-1': async () => {
    const bench = await startBench()
    const bad = { ...INVOICE, prices: [{ label: 'x', amount: 0 }] }
    expect(await refusal(bench, 'createInvoiceLink', bad)).toBe(
      'Bad Request: total price must be positive',
    )
    const long = { ...INVOICE, payload: 'x'.repeat(129) }
    expect(await refusal(bench, 'createInvoiceLink', long)).toBe(
      'Bad Request: INVOICE_PAYLOAD_INVALID',
    )
  },
  'A.2-text-2': async () => {
    const bench = await startBench()
    expect((await bench.api('sendMessage', { chat_id: 5, text: 'x' })).status).toBe(400)
  },
  'A.2-core-1': async () => {
    const bench = await started()
    await bench.post('/control/block', { person_id: ANN, blocked: true })
    expect(await bench.api('sendMessage', { chat_id: ANN, text: 'x' })).toMatchObject({
      status: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
  },
  'A.2-core-3': async () => {
    const bench = await startBench()
    expect(await bench.api('sendMessage', { chat_id: BEN, text: 'x' })).toMatchObject({
      status: 403,
      description: "Forbidden: bot can't initiate conversation with a user",
    })
  },
  'A.2-core-4': async () => {
    const bench = await startBench()
    expect(await bench.api('sendMessage', { chat_id: BOT_ID, text: 'x' })).toMatchObject({
      status: 403,
      description: "Forbidden: the bot can't send messages to the bot",
    })
  },
  'A.2-core-5': async () => {
    const bench = await startBench()
    const send = (more: object) => refusal(bench, 'sendMessage', { text: 'x', ...more })
    expect(await send({ chat_id: 5 })).toBe('Bad Request: chat not found')
    expect(await send({ chat_id: '@nobody' })).toBe('Bad Request: chat not found')
    expect(await send({})).toBe('Bad Request: chat_id is empty')
  },
  'A.2-core-6': async () => {
    const bench = await startBench()
    const { callback_query_id } = await press(bench)
    await bench.advance(151)
    const callback = { callback_query_id }
    expect(await refusal(bench, 'answerCallbackQuery', callback)).toBe(TOO_OLD)
    const ok = { ok: true, shipping_options: [{ id: 'a', title: 'b', prices: INVOICE.prices }] }
    expect(await refusal(bench, 'answerPreCheckoutQuery', ok)).toBe(TOO_OLD)
    expect(await refusal(bench, 'answerShippingQuery', ok)).toBe(TOO_OLD)
  },
  'A.2-core-7': async () => {
    const bench = await started()
    const sent = await bench.api('sendMessage', { chat_id: ANN, text: 'x' })
    const { message_id } = sent.result as { message_id: number }
    expect(await refusal(bench, 'editMessageText', { chat_id: ANN, message_id, text: 'x' })).toBe(
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  },
  'A.2-core-8': async () => {
    const bench = await started()
    const send = (text: string) => refusal(bench, 'sendMessage', { chat_id: ANN, text })
    expect(await send(' \n')).toBe('Bad Request: message text is empty')
    expect(await send('x'.repeat(4097))).toBe('Bad Request: message is too long')
  },
})
