import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '@/simulator/server/http'
import { formBody } from '@/simulator/server/page'
import { randomSlug } from '@/simulator/server/random'
import type { World } from '@/simulator/server/world'
import type { Grant, LoginClient } from './grants'
import { idToken } from './id-token'

type Refusal = { status: number; error: string; description: string }

function refusal(error: string, description: string): Refusal {
  return { status: error === 'invalid_client' ? 401 : 400, error, description }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** client_secret_basic and nothing else; both parts are form-encoded inside. */
function clientOf(world: World, authorization: string): LoginClient | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=_-]+)$/i.exec(authorization)?.[1]
  if (basic === undefined) return undefined
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  const bot = world.bots.get(Number(id))
  if (bot === undefined) return undefined
  const client = world.login.clientOf(bot)
  const sent = new URLSearchParams(`secret=${rest.join(':')}`).get('secret') ?? ''
  return sameText(sent, client.secret) || sameText(rest.join(':'), client.secret)
    ? client
    : undefined
}

function fits(grant: Grant, verifier: string | null): boolean {
  if (grant.challenge === undefined) return true
  if (verifier === null || !/^[\w.~-]{43,128}$/.test(verifier)) return false
  return sameText(createHash('sha256').update(verifier).digest('base64url'), grant.challenge)
}

function refuse(grant: Grant, description: string): Refusal {
  if (grant.state === 'issued') grant.state = 'refused'
  grant.error = description
  return refusal('invalid_grant', description)
}

/** Takes the code; a code that was shown with anything that does not fit is spent. */
function redeem(world: World, client: LoginClient, form: URLSearchParams): Grant | Refusal {
  const code = form.get('code')
  if (code === null) return refusal('invalid_request', 'code is missing.')
  const grant = world.login.find(code)
  if (grant === undefined) return refusal('invalid_grant', 'There is no such code.')
  if (grant.client !== client) return refuse(grant, 'The code was issued to another bot.')
  if (grant.state !== 'issued') return refuse(grant, 'The code was used already.')
  if (world.login.isExpired(grant)) return refuse(grant, 'The code is too old.')
  if (form.get('redirect_uri') !== grant.redirectUri) {
    return refuse(grant, 'redirect_uri is not the one of the beginning.')
  }
  if (!fits(grant, form.get('code_verifier'))) return refuse(grant, 'code_verifier does not fit.')
  grant.state = 'redeemed'
  return grant
}

async function answer(world: World, request: IncomingMessage): Promise<Grant | Refusal> {
  const form = await formBody(request)
  const client = clientOf(world, request.headers.authorization ?? '')
  if (client === undefined) return refusal('invalid_client', 'Not this bot’s login secret.')
  if (form.get('grant_type') !== 'authorization_code') {
    return refusal('unsupported_grant_type', 'grant_type must be authorization_code.')
  }
  return redeem(world, client, form)
}

export async function handleToken(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const result = await answer(world, request)
  response.setHeader('Pragma', 'no-cache')
  if ('status' in result) {
    const { status, error, description } = result
    if (status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="oauth"')
    return sendJson(response, status, { error, error_description: description })
  }
  if (result.misbehave === 'token_500') {
    return sendJson(response, 500, { error: 'server_error', error_description: 'Try again.' })
  }
  const withoutToken = result.misbehave === 'token_no_id_token'
  sendJson(response, 200, {
    access_token: randomSlug(32),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: result.scopes.join(' '),
    ...(withoutToken ? {} : { id_token: await idToken(world, result) }),
  })
}
