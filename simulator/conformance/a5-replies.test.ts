import { expect } from 'vitest'
import { ANN, BEN, type Reply, startBench } from '@/simulator/server/testing/harness'
import { answerWith, buy, idOf, info } from './helpers'
import { prove } from './prove'
import { replies } from './rules/a5-a6-methods'

const SEND = { method: 'sendMessage', chat_id: ANN, text: 'Hi' }

/** The methods that this answer to one message ran, with how they went. */
async function ran(reply: Reply, path = '') {
  const bench = await startBench()
  const hook = await bench.hook(undefined)
  await bench.advance(2)
  hook.answer = () => reply
  await bench.api(`${path}setWebhook`, { url: hook.url, secret_token: 'other' })
  await bench.say('/start')
  await bench.advance(5)
  const calls = bench.simulator.world.requests.filter(({ via }) => via === 'webhook_reply')
  const count = (await info(bench)).pending_update_count
  const deliveries = bench.deliveries.map(({ ok }) => ok)
  return { calls: calls.map(({ method, status }) => [method, status]), count, deliveries }
}

function text(contentType: string, raw: string): Reply {
  return { headers: { 'content-type': contentType }, raw }
}

const DELIVERED = { count: 0, deliveries: [true] }

prove(replies, {
  'A.5-reply-1': async () => {
    expect(await ran({ body: SEND })).toEqual({ ...DELIVERED, calls: [['sendMessage', 200]] })
    expect((await ran({ status: 201, body: SEND })).calls).toHaveLength(1)
    expect((await ran({ body: { ...SEND, method: undefined } })).calls).toEqual([])
  },
  'A.5-reply-2': async () => {
    const names = ['deleteWebhook', 'SetWebhook', 'close', 'logOut', 'getMe', 'getUpdates']
    for (const method of names) {
      expect(await ran({ body: { method, url: '' } })).toEqual({ ...DELIVERED, calls: [] })
    }
  },
  'A.5-reply-3': async () => {
    const form = new URLSearchParams({ ...SEND, chat_id: String(ANN) }).toString()
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const parts = `${part('method', 'sendMessage')}${part('chat_id', String(ANN))}${part('text', 'x')}--b--\r\n`
    const counts = [
      await ran(text('application/json; charset=utf-8', JSON.stringify(SEND))),
      await ran(text('application/x-www-form-urlencoded', form)),
      await ran(text('multipart/form-data; boundary=b', parts)),
      await ran(text('text/plain', JSON.stringify(SEND))),
    ].map(({ calls }) => calls.length)
    expect(counts).toEqual([1, 1, 1, 0])
  },
  'A.5-reply-4': async () => {
    const toNobody = await ran({ body: { ...SEND, chat_id: 5 } })
    expect(toNobody).toEqual({ ...DELIVERED, calls: [['sendMessage', 400]] })
    const toStranger = await ran({ body: { ...SEND, chat_id: BEN } })
    expect(toStranger).toEqual({ ...DELIVERED, calls: [['sendMessage', 403]] })
  },
  'A.5-reply-5': async () => {
    const bench = await startBench()
    const hook = await bench.hook(answerWith({ ok: 'tru' }))
    const payment = buy(bench, await bench.link())
    await bench.advance(11)
    expect(await payment).toMatchObject({ error: 'BOT_PRECHECKOUT_TIMEOUT' })
    expect(hook.received.map(idOf)).toHaveLength(1)
    expect(bench.deliveries).toMatchObject([{ ok: true, reply_method: 'answerPreCheckoutQuery' }])
  },
  'A.5-reply-6': async () => {
    expect(await ran(text('application/json', '{"method'))).toEqual({ ...DELIVERED, calls: [] })
  },
  'A.5-reply-7': async () => {
    const prices = [{ label: 'x', amount: 5 }]
    const short = { title: 'a', description: 'b', payload: 'c', currency: 'XTR', prices }
    const body = { ...short, method: 'createInvoiceLink', subscription_period: 60 }
    expect((await ran({ body }, 'test/')).calls).toEqual([['createInvoiceLink', 200]])
    expect((await ran({ body })).calls).toEqual([['createInvoiceLink', 400]])
  },
})
