import { allowWriting, chatOf } from '@/simulator/server/chats'
import { use } from '@/simulator/server/faults'
import { randomSlug } from '@/simulator/server/random'
import type { World } from '@/simulator/server/world'
import type { Person } from '@/simulator/wire'
import type { LoginClient } from './grants'
import type { Misbehaviour } from './misbehaviour'

export type LoginRequest = {
  client: LoginClient
  redirectUri: string
  scopes: string[]
  state: string | null
  challenge: string | undefined
}

export type ReadRequest =
  | { kind: 'request'; request: LoginRequest }
  /** Nobody to send the answer to: only the person is told. */
  | { kind: 'page'; message: string }
  | { kind: 'redirect'; to: string }

export const SCOPES = ['openid', 'profile', 'phone', 'telegram:bot_access']
export const BOT_ACCESS = 'telegram:bot_access'

function withParameters(uri: string, parameters: Record<string, string | null>): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value)
  }
  return url.href
}

/** What is wrong with a request whose sender is known; undefined for a good one. */
function flawOf(client: LoginClient, query: URLSearchParams): [string, string] | undefined {
  const scopes = (query.get('scope') ?? '').split(' ')
  const challenge = query.get('code_challenge')
  if (query.get('response_type') !== 'code') {
    return ['unsupported_response_type', 'response_type must be code.']
  }
  if (!scopes.includes('openid')) return ['invalid_scope', 'The scope must have openid.']
  if (challenge === null && client.pkce === 'required') {
    return ['invalid_request', 'code_challenge is missing.']
  }
  if (challenge !== null && query.get('code_challenge_method') !== 'S256') {
    return ['invalid_request', 'code_challenge_method must be S256.']
  }
  return undefined
}

export function readRequest(world: World, query: URLSearchParams): ReadRequest {
  const bot = world.bots.get(Number(query.get('client_id')))
  if (bot === undefined) {
    return { kind: 'page', message: `There is no bot with the id ${query.get('client_id')}.` }
  }
  const client = world.login.clientOf(bot)
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!world.login.allows(client, redirectUri)) {
    const message = `${redirectUri || 'No redirect_uri'} is not among the addresses of @${bot.username}.`
    return { kind: 'page', message }
  }
  const state = query.get('state')
  const flaw = flawOf(client, query)
  if (flaw !== undefined) {
    const [error, error_description] = flaw
    return {
      kind: 'redirect',
      to: withParameters(redirectUri, { error, error_description, state }),
    }
  }
  const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => SCOPES.includes(scope))
  const challenge = query.get('code_challenge') ?? undefined
  return { kind: 'request', request: { client, redirectUri, scopes, state, challenge } }
}

/** What a fault makes of the next login. */
function misbehaviourOf(world: World): Misbehaviour | undefined {
  const fault = world.faults.login
  return fault && use(fault) ? fault.misbehave : undefined
}

export type Approval = { botAccess: boolean; misbehave?: Misbehaviour | undefined }

/** The address the browser is sent back to, with the code. */
export function approve(
  world: World,
  request: LoginRequest,
  person: Person,
  approval: Approval,
): string {
  const { client, redirectUri, challenge } = request
  const misbehave = approval.misbehave ?? misbehaviourOf(world)
  const botAccess = approval.botAccess && request.scopes.includes(BOT_ACCESS)
  const scopes = request.scopes.filter((scope) => scope !== BOT_ACCESS || botAccess)
  if (botAccess) allowWriting(world, chatOf(world, client.bot, person))
  const grant = world.login.issue({ client, person, scopes, redirectUri, challenge, misbehave })
  const code = misbehave === 'code_unknown' ? randomSlug(24) : grant.code
  const altered = misbehave === 'state_altered' ? `${request.state}x` : request.state
  const state = misbehave === 'state_missing' ? null : altered
  return withParameters(redirectUri, { code, state })
}

export function deny(request: LoginRequest): string {
  const { redirectUri, state } = request
  const error_description = 'The person did not want to log in.'
  return withParameters(redirectUri, { error: 'access_denied', error_description, state })
}
