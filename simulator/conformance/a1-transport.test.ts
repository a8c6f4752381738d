import { deflateSync, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { ANN, type Bench, INVOICE, startBench } from '@/simulator/server/testing/harness'
import { rawRequest } from './helpers'
import { prove } from './prove'
import { transport } from './rules/a1-transport'

const JSON_TYPE = { 'content-type': 'application/json' }
const BODY = JSON.stringify({ chat_id: ANN, text: 'json' })

async function started(): Promise<Bench> {
  const bench = await startBench()
  await bench.say('/start')
  return bench
}

async function sent(bench: Bench, init: RequestInit, query = ''): Promise<unknown> {
  const response = await fetch(bench.apiUrl(`sendMessage${query}`), { method: 'POST', ...init })
  const answer = (await response.json()) as { result?: { text: string }; description?: string }
  return answer.result?.text ?? answer.description
}

async function bare(bench: Bench, init: RequestInit): Promise<[number, string]> {
  const response = await fetch(bench.apiUrl('getMe'), { method: 'POST', ...init })
  return [response.status, await response.text()]
}

prove(transport, {
  'A.1-path-1': async () => {
    const bench = await startBench()
    for (const method of ['getMe', 'test/getMe']) expect((await bench.api(method)).ok).toBe(true)
  },
  'A.1-path-2': async () => {
    const bench = await startBench()
    expect((await bench.api('?method=getMe')).result).toMatchObject({ is_bot: true })
    expect((await bench.api('', { method: 'getMe' })).ok).toBe(true)
  },
  'A.1-path-3': async () => {
    expect((await (await startBench()).api('GetMe')).ok).toBe(true)
  },
  'A.1-path-4': async () => {
    const bench = await startBench()
    for (const path of ['/nowhere', `/bot${bench.simulator.botToken}`]) {
      const response = await fetch(`${bench.simulator.url}${path}`)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({
        ok: false,
        error_code: 404,
        description: 'Not Found',
      })
    }
  },
  'A.1-verb-1': async () => {
    const bench = await startBench()
    for (const method of ['PUT', 'DELETE']) expect(await bare(bench, { method })).toEqual([501, ''])
    const answer = await rawRequest(bench, 'BREW /bot HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 501 [\s\S]*Connection: close[\s\S]*\r\n\r\n$/)
  },
  'A.1-params-1': async () => {
    const bench = await started()
    const form = new FormData()
    form.set('chat_id', String(ANN))
    form.set('text', 'multipart')
    const urlencoded = new URLSearchParams({ chat_id: String(ANN), text: 'form' })
    expect(await sent(bench, {}, `?chat_id=${ANN}&text=query`)).toBe('query')
    expect(await sent(bench, { body: urlencoded })).toBe('form')
    expect(await sent(bench, { body: form })).toBe('multipart')
    expect(await sent(bench, { headers: JSON_TYPE, body: BODY })).toBe('json')
  },
  'A.1-params-2': async () => {
    const bench = await started()
    expect(await sent(bench, { headers: JSON_TYPE, body: BODY }, '?text=query')).toBe('query')
  },
  'A.1-params-3': async () => {
    const bench = await startBench()
    const prices = JSON.stringify(INVOICE.prices)
    expect((await bench.api('createInvoiceLink', { ...INVOICE, prices })).ok).toBe(true)
    expect((await bench.api('createInvoiceLink', INVOICE)).ok).toBe(true)
  },
  'A.1-params-4': async () => {
    const bench = await started()
    const torn = `{"chat_id": ${ANN}, "text": "kept", "reply_markup": {"inl`
    expect(await sent(bench, { headers: JSON_TYPE, body: torn })).toBe('kept')
    const invoice = { method: 'POST', headers: JSON_TYPE, body: '{"title": ' }
    const response = await fetch(bench.apiUrl('createInvoiceLink'), invoice)
    expect(await response.json()).toMatchObject({
      description: 'Bad Request: parameter "title" is required',
    })
  },
  'A.1-params-5': async () => {
    const bench = await started()
    const headers = { 'content-type': 'text/plain' }
    expect(await sent(bench, { headers, body: BODY })).toBe('Bad Request: message text is empty')
  },
  'A.1-limit-1': async () => {
    const bench = await startBench()
    const text = 'x'.repeat(1_100_000)
    expect(await bare(bench, { body: new URLSearchParams({ text }) })).toEqual([413, ''])
    const packed = new Uint8Array(gzipSync(JSON.stringify({ text })))
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' }
    expect(await bare(bench, { headers, body: packed })).toEqual([413, ''])
    const form = new FormData()
    form.set('text', text)
    expect(await bare(bench, { body: form })).toEqual([413, ''])
  },
  'A.1-limit-2': async () => {
    const large = 'x'.repeat(300 * 1024)
    const request = `GET /bot HTTP/1.1\r\nHost: x\r\nX-Large: ${large}\r\n\r\n`
    const answer = await rawRequest(await startBench(), request)
    expect(answer).toMatch(/^HTTP\/1\.1 431 [\s\S]*\r\n\r\n$/)
  },
  'A.1-limit-3': async () => {
    const bench = await started()
    for (const [encoding, packed] of [
      ['gzip', gzipSync(BODY)],
      ['deflate', deflateSync(BODY)],
    ] as const) {
      const headers = { ...JSON_TYPE, 'content-encoding': encoding }
      expect(await sent(bench, { headers, body: new Uint8Array(packed) })).toBe('json')
    }
  },
  'A.1-limit-4': async () => {
    const headers = { 'content-encoding': 'br' }
    expect(await bare(await startBench(), { headers, body: 'x' })).toEqual([415, ''])
  },
  'A.1-limit-5': async () => {
    const request = 'POST /bot HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: pigeon\r\n\r\n'
    const answer = await rawRequest(await startBench(), request)
    expect(answer).toMatch(/^HTTP\/1\.1 501 [\s\S]*\r\n\r\n$/)
  },
  'A.1-bool-1': async () => {
    const bench = await startBench()
    const needsMessage = async (ok: unknown) => {
      const answer = await bench.api('answerPreCheckoutQuery', { pre_checkout_query_id: '5', ok })
      return answer.description === 'Bad Request: parameter "error_message" is required'
    }
    for (const ok of [true, 'true', ' YES ', '1', 1]) expect(await needsMessage(ok)).toBe(false)
    for (const ok of [false, 'on', '2', 'y', '', {}]) expect(await needsMessage(ok)).toBe(true)
  },
  'A.1-int-1': async () => {
    const bench = await started()
    const page = async (limit: unknown) => {
      const { result } = await bench.api('getUpdates', { limit })
      return (result as unknown[]).length
    }
    for (let index = 0; index < 120; index++) await bench.say('x')
    expect([await page(5000), await page('7 dwarfs'), await page('x'), await page(-3)]).toEqual([
      100, 7, 1, 1,
    ])
  },
  'A.1-required-1': async () => {
    const bench = await startBench()
    const answer = await bench.api('createInvoiceLink', { ...INVOICE, title: '' })
    expect(answer.description).toBe('Bad Request: parameter "title" is required')
  },
  'A.1-answer-1': async () => {
    const bench = await startBench()
    const path = `/bot${bench.simulator.botToken}/getMe`
    const one = `GET ${path} HTTP/1.1\r\nHost: x\r\n`
    const answer = await rawRequest(bench, `${one}\r\n${one}Connection: close\r\n\r\n`)
    expect(answer.match(/HTTP\/1\.1 200 OK\r\nContent-Type: application\/json\r\n/g)).toHaveLength(
      2,
    )
    expect(answer).toContain('Connection: keep-alive')
  },
  'A.1-answer-2': async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    await bench.say('Ж/😀')
    await bench.settle()
    const url = bench.apiUrl(`sendMessage?chat_id=${ANN}&text=${encodeURIComponent('Ж/😀')}`)
    const answer = await (await fetch(url)).text()
    for (const text of [answer, hook.received[0]?.raw]) {
      expect(text).toContain('"text":"\\u0416/\\ud83d\\ude00"')
    }
  },
})
