import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from '@/simulator/server/http'
import { formBody, redirect } from '@/simulator/server/page'
import type { World } from '@/simulator/server/world'
import { approve, deny, readRequest, SCOPES } from './authorize'
import { issuerOf } from './id-token'
import { sendLoginPage, sendLoginProblem, sendUserpic } from './pages'
import { handleToken } from './token-endpoint'

/** "Log in with Telegram": an OpenID Connect issuer of the shape of oauth.telegram.org. */

function discovery(world: World) {
  const issuer = issuerOf(world)
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['pairwise'],
    scopes_supported: SCOPES,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: [
      'iss',
      'aud',
      'sub',
      'iat',
      'exp',
      'id',
      'name',
      'preferred_username',
      'picture',
      'phone_number',
    ],
  }
}

async function authorize(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const read = readRequest(world, url.searchParams)
  if (read.kind === 'page') return sendLoginProblem(response, read.message)
  if (read.kind === 'redirect') return redirect(response, read.to)
  if (request.method !== 'POST') return sendLoginPage(world, response, read.request, url.search)
  const form = await formBody(request)
  if (form.get('decision') === 'cancel') return redirect(response, deny(read.request))
  const person = world.people.get(Number(form.get('person_id')))
  if (person === undefined) return sendLoginProblem(response, 'There is no such person.')
  const botAccess = form.get('bot_access') === '1'
  return redirect(response, approve(world, read.request, person, { botAccess }))
}

export async function handleLogin(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.slice('/oauth'.length)
  const isGet = request.method === 'GET'
  const isPost = request.method === 'POST'
  const userpic = /^\/userpic\/(\d+)\.svg$/.exec(path)?.[1]
  if (path === '/.well-known/openid-configuration' && isGet) {
    return sendJson(response, 200, discovery(world))
  }
  if (path === '/.well-known/jwks.json' && isGet) {
    return sendJson(response, 200, { keys: await world.login.keys.published() })
  }
  if (path === '/auth' && (isGet || isPost)) return authorize(world, request, response, url)
  if (path === '/token' && isPost) return handleToken(world, request, response)
  if (userpic !== undefined && isGet) return sendUserpic(world, response, Number(userpic))
  sendJson(response, 404, { error: 'not_found', error_description: `There is no ${url.pathname}.` })
}
