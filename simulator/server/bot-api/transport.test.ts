import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ANN, type Bench, INVOICE, startBench } from '@/simulator/server/testing/harness'

async function started(): Promise<Bench> {
  const bench = await startBench()
  await bench.say('/start')
  return bench
}

async function text(bench: Bench, method: string, init: RequestInit): Promise<string | undefined> {
  const response = await fetch(bench.apiUrl(method), init)
  const body = (await response.json()) as { result?: { text?: string }; description?: string }
  return body.result?.text ?? body.description
}

describe('parameters', () => {
  it('come as query, form, multipart or JSON', async () => {
    const bench = await started()
    const chat = String(ANN)
    const form = new FormData()
    form.set('chat_id', chat)
    form.set('text', 'multipart')
    expect(await text(bench, `sendMessage?chat_id=${chat}&text=query`, {})).toBe('query')
    const urlencoded = new URLSearchParams({ chat_id: chat, text: 'form' })
    expect(await text(bench, 'sendMessage', { method: 'POST', body: urlencoded })).toBe('form')
    expect(await text(bench, 'sendMessage', { method: 'POST', body: form })).toBe('multipart')
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({ chat_id: ANN, text: 'json' })
    expect(await text(bench, 'sendMessage', { ...json, body })).toBe('json')
    const packed = { ...json, headers: { ...json.headers, 'content-encoding': 'gzip' } }
    const zipped = new Uint8Array(gzipSync(body))
    expect(await text(bench, 'sendMessage', { ...packed, body: zipped })).toBe('json')
  })

  it('of the query shadow those of the body, and a JSON array may also be a string', async () => {
    const bench = await started()
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: ANN, text: 'body' }),
    }
    expect(await text(bench, 'sendMessage?text=query', init)).toBe('query')
    const { prices } = INVOICE
    const asString = await bench.api('createInvoiceLink', {
      ...INVOICE,
      prices: JSON.stringify(prices),
    })
    expect(asString.result).toMatch(/^https:\/\/t\.me\/\$[\w-]+$/)
  })

  it('before a malformed rest still count', async () => {
    const bench = await started()
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
    const body = `{"chat_id": ${ANN}, "text": "kept", "reply_markup": {"inline`
    expect(await text(bench, 'sendMessage', { ...init, body })).toBe('kept')
    expect(await text(bench, 'sendMessage', { ...init, body: 'nonsense' })).toBe(
      'Bad Request: message text is empty',
    )
    const ignored = { method: 'POST', headers: { 'content-type': 'text/plain' }, body }
    expect(await text(bench, 'sendMessage', ignored)).toBe('Bad Request: message text is empty')
  })

  it('have lenient integers and booleans', async () => {
    const bench = await started()
    expect((await bench.api('getUpdates', { limit: '5000x' })).ok).toBe(true)
    const answer = await bench.api('answerPreCheckoutQuery', {
      pre_checkout_query_id: 'x',
      ok: 'on',
    })
    expect(answer.description).toBe('Bad Request: parameter "error_message" is required')
  })
})

describe('addresses', () => {
  const cases: [string, number, string][] = [
    ['/nowhere', 404, 'Not Found'],
    ['/bot123:abc', 404, 'Not Found'],
    ['/bot0123:abc/getMe', 401, 'Unauthorized: invalid token specified'],
    ['/botabc/getMe', 401, 'Unauthorized: invalid token specified'],
    ['/botabc:def/getMe', 421, 'Misdirected Request: unallowed token specified'],
    ['/bot-5:def/getMe', 401, 'Unauthorized: invalid token specified'],
    ['/bot99999999999999999999:def/getMe', 401, 'Unauthorized: invalid token specified'],
    ['/bot7000000001:wrong/getMe', 401, 'Unauthorized'],
  ]
  it.each(cases)('%s is refused with %i', async (path, status, description) => {
    const bench = await startBench()
    const response = await fetch(bench.simulator.url + path)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ ok: false, error_code: status, description })
  })

  it('do not care about case, know /test/ and take the method as an argument', async () => {
    const bench = await startBench()
    for (const method of ['GETME', 'test/getMe', '?method=getMe']) {
      expect((await bench.api(method)).result).toMatchObject({ id: 7_000_000_001 })
    }
    expect((await bench.api('danceTango')).description).toBe('Not Found: method not found')
  })
})

describe('answers', () => {
  it('are ASCII', async () => {
    const bench = await started()
    const url = bench.apiUrl(`sendMessage?chat_id=${ANN}&text=${encodeURIComponent('Ж/😀')}`)
    const raw = await (await fetch(url)).text()
    expect(raw).toContain('"text":"\\u0416/\\ud83d\\ude00"')
  })

  it('to other verbs and to oversized bodies are bare', async () => {
    const bench = await startBench()
    const put = await fetch(bench.apiUrl('getMe'), { method: 'PUT' })
    expect([put.status, await put.text()]).toEqual([501, ''])
    const body = `text=${'x'.repeat(1_100_000)}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const large = await fetch(bench.apiUrl('sendMessage'), { method: 'POST', headers, body })
    expect([large.status, await large.text()]).toEqual([413, ''])
    const odd = { method: 'POST', headers: { 'content-encoding': 'br' }, body: 'x' }
    expect((await fetch(bench.apiUrl('getMe'), odd)).status).toBe(415)
  })

  it('fail on demand: 429 with both hints, and a cut connection', async () => {
    const bench = await startBench()
    const api = { getme: { status: 429, retry_after: 7, times: 1 }, getChat: { status: 0 } }
    await bench.post('/control/faults', { api })
    const limited = await bench.api('getMe')
    expect(limited).toMatchObject({
      status: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    })
    expect(limited.headers.get('retry-after')).toBe('7')
    expect((await bench.api('getMe')).ok).toBe(true)
    await new Promise<void>((resolve) => {
      const cut = request(bench.apiUrl('getChat'))
      cut.on('error', () => resolve())
      cut.end()
    })
  })
})
