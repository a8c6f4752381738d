import { type Client, generators, Issuer } from 'openid-client'
import { describe, expect, it } from 'vitest'
import { ANN, BEN, type Bench, OLGA, startBench } from '@/simulator/server/testing/harness'
import { DEFAULT_LOGIN_SECRET } from './grants'
import { MISBEHAVIOURS } from './misbehaviour'

const BOT_ID = '7000000001'
const CALLBACK = 'http://localhost:3000/api/auth/callback/telegram'
const SCOPE = 'openid profile telegram:bot_access'

type Shop = { client: Client; checks: { state: string; code_verifier: string }; address: string }

/** A site that logs people in, with a login under way. */
async function shop(bench: Bench, more: object = {}): Promise<Shop> {
  const issuer = await Issuer.discover(`${bench.simulator.url}/oauth`)
  const client = new issuer.Client({
    client_id: BOT_ID,
    client_secret: DEFAULT_LOGIN_SECRET,
    redirect_uris: [CALLBACK],
    response_types: ['code'],
  })
  const checks = { state: generators.state(), code_verifier: generators.codeVerifier() }
  const address = client.authorizationUrl({
    scope: SCOPE,
    state: checks.state,
    code_challenge: generators.codeChallenge(checks.code_verifier),
    code_challenge_method: 'S256',
    ...more,
  })
  return { client, checks, address }
}

async function approve(bench: Bench, { address }: Shop, more: object = {}): Promise<string> {
  const body = { person_id: ANN, authorize_url: address, ...more }
  const reply = await bench.post('/control/login', body)
  expect(reply.http).toBe(200)
  return String(reply.redirect_url)
}

function finish({ client, checks }: Shop, address: string) {
  return client.callback(CALLBACK, client.callbackParams(address), checks)
}

function token(bench: Bench, form: Record<string, string>, secret = DEFAULT_LOGIN_SECRET) {
  const basic = Buffer.from(`${BOT_ID}:${secret}`).toString('base64')
  return fetch(`${bench.simulator.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams(form),
  })
}

async function submit(shop: Shop, form: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(form)
  const answer = await fetch(shop.address, { method: 'POST', body, redirect: 'manual' })
  expect(answer.status).toBe(303)
  return answer.headers.get('location') ?? ''
}

describe('logging in with Telegram', () => {
  it('tells openid-client who the person is, by id and not by sub', async () => {
    const bench = await startBench()
    const site = await shop(bench)
    const claims = (await finish(site, await approve(bench, site, { person_id: OLGA }))).claims()
    expect(claims).toMatchObject({
      iss: `${bench.simulator.url}/oauth`,
      aud: BOT_ID,
      sub: expect.stringMatching(/^\d{19}$/),
      id: OLGA,
      name: 'Ольга',
      preferred_username: 'olga_k',
      picture: expect.stringMatching(/^http/),
    })
    expect(claims.exp - claims.iat).toBe(3600)
    expect(claims).not.toHaveProperty('email')
    expect(claims).not.toHaveProperty('phone_number')
    expect(claims.sub).not.toContain(String(OLGA))
  })

  it('names the same person the same at every login, and gives what the scope asks for', async () => {
    const bench = await startBench()
    const first = await shop(bench)
    const second = await shop(bench, { scope: 'openid phone', nonce: 'n' })
    const full = (await finish(first, await approve(bench, first))).claims()
    const other = (await finish(second, await approve(bench, second))).claims()
    expect(other.nonce).toBeUndefined()
    const third = await shop(bench, { scope: 'openid phone' })
    const bare = (await finish(third, await approve(bench, third))).claims()
    expect([other.sub, bare.sub]).toEqual([full.sub, full.sub])
    expect(bare).toMatchObject({ id: ANN, phone_number: expect.stringMatching(/^\+999\d{7}$/) })
    expect(bare.name).toBeUndefined()
  })

  it('goes on after the keys changed', async () => {
    const bench = await startBench()
    const before = await shop(bench)
    const address = await approve(bench, before)
    await bench.post('/control/login/keys', {})
    expect((await finish(before, address)).claims().id).toBe(ANN)
    await bench.advance(8 * 86_400)
    const after = await shop(bench)
    expect((await finish(after, await approve(bench, after))).claims().id).toBe(ANN)
    const jwks = await bench.get('/oauth/.well-known/jwks.json')
    expect(jwks.keys).toMatchObject([{ alg: 'RS256', kty: 'RSA' }, { use: 'sig' }])
  })

  it('lets the bot write when the person allows it', async () => {
    const bench = await startBench()
    const hook = await bench.hook()
    const site = await shop(bench)
    await approve(bench, site, { person_id: BEN, bot_access: false })
    expect((await bench.api('sendMessage', { chat_id: BEN, text: 'Hi' })).ok).toBe(false)
    await finish(site, await approve(bench, site, { person_id: BEN }))
    expect((await bench.api('sendMessage', { chat_id: BEN, text: 'Hi' })).ok).toBe(true)
    await bench.settle()
    expect(hook.received[0]?.update).toMatchObject({ message: { write_access_allowed: {} } })
    const { logins } = await bench.get('/control/login')
    expect(logins).toMatchObject([
      { scope: 'openid profile', state: 'issued' },
      { scope: SCOPE, state: 'redeemed', person_id: BEN },
    ])
  })

  it('asks on a page', async () => {
    const bench = await startBench()
    await bench.post('/control/people', { first_name: '<b>Eve</b>' })
    const site = await shop(bench)
    const page = await (await fetch(site.address)).text()
    expect(page).toContain('Log in to localhost:3000')
    expect(page).toContain('Allow messages from @starpass_demo_bot')
    expect(page).toContain('&lt;b&gt;Eve&lt;/b&gt;')
    const back = await submit(site, { person_id: String(BEN), decision: 'login' })
    expect((await finish(site, back)).claims().id).toBe(BEN)
    const away = await submit(site, { decision: 'cancel' })
    await expect(finish(site, away)).rejects.toThrow('access_denied')
  })
})

describe('the issuer refuses', () => {
  it('a code that comes twice, late, with another verifier, address, secret or bot', async () => {
    const bench = await startBench()
    await bench.post('/control/bots', { token: '42:second', username: 'second_bot' })
    const site = await shop(bench)
    const form = async () => ({
      grant_type: 'authorization_code',
      code: new URL(await approve(bench, site)).searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: site.checks.code_verifier,
    })
    const once = await form()
    expect((await token(bench, once)).status).toBe(200)
    const late = await form()
    await bench.advance(61)
    const refused: [Record<string, string>, string][] = [
      [once, 'invalid_grant'],
      [late, 'invalid_grant'],
      [{ ...(await form()), code_verifier: generators.codeVerifier() }, 'invalid_grant'],
      [{ ...(await form()), redirect_uri: `${CALLBACK}/x` }, 'invalid_grant'],
      [{ ...(await form()), code: '' }, 'invalid_grant'],
      [{ ...(await form()), grant_type: 'password' }, 'unsupported_grant_type'],
    ]
    for (const [body, error] of refused) {
      const answer = await token(bench, body)
      expect([answer.status, await answer.json()]).toMatchObject([400, { error }])
    }
    const wrong = await token(bench, await form(), 'not the secret')
    expect([wrong.status, await wrong.json()]).toMatchObject([401, { error: 'invalid_client' }])
    const posted = await fetch(`${bench.simulator.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...(await form()), client_id: BOT_ID, client_secret: 'x' }),
    })
    expect(posted.status).toBe(401)
  })

  it('addresses that are not registered, on a page of its own', async () => {
    const bench = await startBench()
    const uris = { redirect_uri: 'https://evil.test/callback' }
    for (const address of [
      (await shop(bench, uris)).address,
      (await shop(bench, { client_id: '5' })).address,
    ]) {
      const answer = await fetch(address, { redirect: 'manual' })
      expect([answer.status, await answer.text()]).toMatchObject([
        400,
        expect.stringContaining('cannot go on'),
      ])
    }
    await bench.post('/control/login/clients', { redirect_uris: [`${CALLBACK}/exact`] })
    expect((await fetch((await shop(bench)).address)).status).toBe(400)
    const exact = await shop(bench, { redirect_uri: `${CALLBACK}/exact` })
    expect((await fetch(exact.address)).status).toBe(200)
    const bad = await bench.post('/control/login/clients', { redirect_uris: ['javascript:1'] })
    expect(bad.error).toBe('REDIRECT_URI_INVALID')
  })

  it('a beginning without openid or without S256, and says so to the site', async () => {
    const bench = await startBench()
    for (const [more, error] of [
      [{ scope: 'profile' }, 'invalid_scope'],
      [{ response_type: 'token' }, 'unsupported_response_type'],
      [{ code_challenge: undefined }, 'invalid_request'],
      [{ code_challenge_method: 'plain' }, 'invalid_request'],
    ] as const) {
      const site = await shop(bench, more)
      const answer = await fetch(site.address, { redirect: 'manual' })
      const back = new URL(answer.headers.get('location') ?? '')
      expect(back.searchParams.get('error')).toBe(error)
      expect(back.searchParams.get('state')).toBe(site.checks.state)
    }
    await bench.post('/control/login/clients', { pkce: 'optional' })
    const { address } = await shop(bench, { code_challenge: undefined })
    expect((await fetch(address)).status).toBe(200)
  })
})

describe('a login made to misbehave', () => {
  const harmless = new Set(['no_id', 'text_id'])

  it.each(MISBEHAVIOURS.filter((name) => !harmless.has(name)))(
    'is refused by openid-client: %s',
    async (misbehave) => {
      const bench = await startBench()
      const site = await shop(bench)
      const address = await approve(bench, site, { misbehave })
      await expect(finish(site, address)).rejects.toThrow()
      const again = await shop(bench)
      expect((await finish(again, await approve(bench, again))).claims().id).toBe(ANN)
    },
  )

  it('has no id, or one that is no number, while the token itself is good', async () => {
    const bench = await startBench()
    for (const [misbehave, id] of [
      ['no_id', undefined],
      ['text_id', `${ANN} or so`],
    ] as const) {
      const site = await shop(bench)
      expect((await finish(site, await approve(bench, site, { misbehave }))).claims().id).toBe(id)
    }
  })

  it('happens on the page as often as the fault says', async () => {
    const bench = await startBench()
    await bench.post('/control/faults', { login: { misbehave: 'expired', times: 1 } })
    const login = async () => {
      const site = await shop(bench)
      return finish(site, await submit(site, { person_id: String(ANN), decision: 'login' }))
    }
    await expect(login()).rejects.toThrow(/expired/)
    expect((await login()).claims().id).toBe(ANN)
  })
})

describe('a link scanned by the phone', () => {
  it('presses START with its parameter, or shows the invoice', async () => {
    const bench = await startBench()
    const open = (link: string) => bench.post('/control/links', { person_id: ANN, link })
    expect(await open('https://t.me/starpass_demo_bot?start=login-abc')).toMatchObject({
      kind: 'bot',
      start: 'login-abc',
      message: { text: '/start login-abc' },
    })
    expect(await open(await bench.link())).toMatchObject({ kind: 'invoice', total_amount: 500 })
    expect(await open('https://t.me/nobody')).toMatchObject({ http: 404, error: 'LINK_UNKNOWN' })
  })
})
