import { createHash, createPublicKey, createVerify, type JsonWebKey } from 'node:crypto'
import { expect } from 'vitest'
import { isRecord } from '@/simulator/server/json'
import { DEFAULT_LOGIN_SECRET } from '@/simulator/server/login/grants'
import { ANN, BEN, type Bench, OLGA, startBench } from '@/simulator/server/testing/harness'
import { BOT_ID } from './helpers'
import { prove } from './prove'
import { login } from './rules/d-login'

const CALLBACK = 'http://localhost:3000/callback'
const VERIFIER = 'v'.repeat(43)
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

function address(bench: Bench, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: String(BOT_ID),
    redirect_uri: CALLBACK,
    scope: 'openid',
    state: 'state-1',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  })
  return `${bench.simulator.url}/oauth/auth?${query}`
}

async function back(bench: Bench, more: Record<string, string> = {}, person = ANN) {
  const body = { person_id: person, authorize_url: address(bench, more) }
  return new URL(String((await bench.post('/control/login', body)).redirect_url)).searchParams
}

async function redeem(bench: Bench, code: string | null, more: object = {}) {
  const { secret, ...form } = { secret: DEFAULT_LOGIN_SECRET, ...more }
  const basic = Buffer.from(`${BOT_ID}:${secret}`).toString('base64')
  const response = await fetch(`${bench.simulator.url}/oauth/token`, {
    method: 'POST',
    headers: secret === '' ? {} : { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: code ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...form,
    }),
  })
  const answer: unknown = await response.json()
  return { status: response.status, answer: isRecord(answer) ? answer : {} }
}

function part(token: string, index: number): Record<string, unknown> {
  const text = Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()
  const value: unknown = JSON.parse(text)
  return isRecord(value) ? value : {}
}

async function logIn(bench: Bench, more: Record<string, string> = {}, person = ANN) {
  const { answer } = await redeem(bench, (await back(bench, more, person)).get('code'))
  const token = String(answer.id_token)
  return { answer, token, claims: part(token, 1) }
}

prove(login, {
  'D.1-discovery-1': async () => {
    const bench = await startBench()
    const issuer = `${bench.simulator.url}/oauth`
    expect(await bench.get('/oauth/.well-known/openid-configuration')).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
    })
  },
  'D.1-client-1': async () => {
    const bench = await startBench()
    const code = (await back(bench)).get('code')
    for (const more of [
      { secret: bench.simulator.botToken },
      { secret: '', client_id: String(BOT_ID), client_secret: DEFAULT_LOGIN_SECRET },
    ]) {
      expect(await redeem(bench, code, more)).toMatchObject({
        status: 401,
        answer: { error: 'invalid_client' },
      })
    }
    expect((await redeem(bench, code)).status).toBe(200)
  },
  'D.1-redirect-1': async () => {
    const bench = await startBench()
    expect(Object.fromEntries(await back(bench))).toEqual({
      code: expect.any(String),
      state: 'state-1',
    })
    const other = await fetch(address(bench, { redirect_uri: 'https://evil.test/' }), {
      redirect: 'manual',
    })
    expect([other.status, other.headers.get('location')]).toEqual([400, null])
  },
  'D.1-pkce-1': async () => {
    const bench = await startBench()
    const code = (await back(bench)).get('code')
    const wrong = await redeem(bench, code, { code_verifier: 'w'.repeat(43) })
    expect(wrong.answer.error).toBe('invalid_grant')
  },
  'D.1-code-1': async () => {
    const bench = await startBench()
    const code = (await back(bench)).get('code')
    expect((await redeem(bench, code)).status).toBe(200)
    expect((await redeem(bench, code)).answer.error).toBe('invalid_grant')
  },
  'D.2-token-1': async () => {
    const { claims } = await logIn(await startBench(), {}, OLGA)
    expect(claims).toMatchObject({ id: OLGA, aud: String(BOT_ID) })
    expect(claims.sub).toMatch(/^\d{19}$/)
    expect(claims.sub).not.toBe(String(OLGA))
  },
  'D.2-token-2': async () => {
    const bench = await startBench()
    expect((await logIn(bench, { scope: 'openid profile' })).claims).toMatchObject({
      name: 'Ann Lee',
      preferred_username: 'ann_lee',
      picture: expect.stringContaining('http'),
    })
    expect((await logIn(bench)).claims).not.toHaveProperty('name')
  },
  'D.2-token-3': async () => {
    const bench = await startBench()
    const { claims } = await logIn(bench, { scope: 'openid profile phone email' })
    expect(claims).toHaveProperty('phone_number')
    expect(claims).not.toHaveProperty('email')
    expect((await logIn(bench, { scope: 'openid profile' })).claims).not.toHaveProperty(
      'phone_number',
    )
  },
  'D.2-token-4': async () => {
    const bench = await startBench()
    const { token, claims } = await logIn(bench)
    const { alg, kid } = part(token, 0)
    const keys = (await bench.get('/oauth/.well-known/jwks.json')).keys as JsonWebKey[]
    const key = createPublicKey({ key: keys.find((one) => one.kid === kid) ?? {}, format: 'jwk' })
    const [head = '', body = '', signature = ''] = token.split('.')
    const check = createVerify('RSA-SHA256').update(`${head}.${body}`)
    expect([alg, check.verify(key, signature, 'base64url')]).toEqual(['RS256', true])
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600)
  },
  'D.2-nonce-1': async () => {
    const { claims } = await logIn(await startBench(), { nonce: 'n-1' })
    expect(claims).not.toHaveProperty('nonce')
  },
  'D.2-nothing-1': async () => {
    const bench = await startBench()
    const { answer } = await logIn(bench)
    expect(answer).not.toHaveProperty('refresh_token')
    const discovery = await bench.get('/oauth/.well-known/openid-configuration')
    expect(discovery).not.toHaveProperty('userinfo_endpoint')
  },
  'D.3-access-1': async () => {
    const bench = await startBench()
    const write = async () => (await bench.api('sendMessage', { chat_id: BEN, text: 'Hi' })).ok
    await logIn(bench, {}, BEN)
    const before = await write()
    await logIn(bench, { scope: 'openid telegram:bot_access' }, BEN)
    expect([before, await write()]).toEqual([false, true])
  },
})
