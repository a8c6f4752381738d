import { z } from 'zod'
import { chatOf, sendAsPerson } from '@/simulator/server/chats'
import { HttpError } from '@/simulator/server/errors'
import { parse, type Route, route } from '@/simulator/server/http'
import { resolveLink } from '@/simulator/server/links'
import { approve, deny, type LoginRequest, readRequest } from '@/simulator/server/login/authorize'
import { checkRedirectUri, type Grant, type LoginClient } from '@/simulator/server/login/grants'
import { issuerOf } from '@/simulator/server/login/id-token'
import { MISBEHAVIOURS } from '@/simulator/server/login/misbehaviour'
import { botById, personById } from '@/simulator/server/people'
import { messageView } from '@/simulator/server/views'
import type { World } from '@/simulator/server/world'

const id = z.int().positive()
const login = z.object({
  person_id: id,
  authorize_url: z.string(),
  bot_access: z.boolean().default(true),
  cancel: z.boolean().default(false),
  misbehave: z.enum(MISBEHAVIOURS).optional(),
})
const client = z.object({
  bot_id: id.optional(),
  client_secret: z.string().min(1).optional(),
  redirect_uris: z.array(z.string()).min(1).optional(),
  pkce: z.enum(['required', 'optional']).optional(),
})
const link = z.object({ person_id: id, link: z.string() })

function clientView({ bot, secret, redirectUris, pkce }: LoginClient) {
  return { bot_id: bot.id, client_secret: secret, redirect_uris: redirectUris, pkce }
}

function grantView(world: World, grant: Grant) {
  const isExpired = grant.state === 'issued' && world.login.isExpired(grant)
  return {
    at: new Date(grant.at).toISOString(),
    bot_id: grant.client.bot.id,
    person_id: grant.person.id,
    scope: grant.scopes.join(' '),
    redirect_uri: grant.redirectUri,
    state: isExpired ? 'expired' : grant.state,
    ...(grant.error === undefined ? {} : { error: grant.error }),
  }
}

function requestIn(world: World, address: string): LoginRequest {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.pathname !== '/oauth/auth') {
    const expected = `${issuerOf(world)}/auth?…`
    throw new HttpError(400, 'AUTHORIZE_URL_INVALID', `A login begins at ${expected}`)
  }
  const read = readRequest(world, url.searchParams)
  if (read.kind === 'request') return read.request
  const reason = read.kind === 'page' ? read.message : new URL(read.to).search
  throw new HttpError(400, 'AUTHORIZE_URL_INVALID', reason)
}

/** What a person's phone does with a link it has scanned. */
function openLink(world: World, personId: number, text: string) {
  const person = personById(world, personId)
  const target = resolveLink(world, text)
  if (target.kind === 'unknown') {
    throw new HttpError(404, 'LINK_UNKNOWN', 'This link leads nowhere in the simulator.')
  }
  if (target.kind === 'invoice') {
    const { title, currency, total_amount } = world.payments.forms.open(person, target.slug)
    return { ...target, title, currency, total_amount }
  }
  if (target.start === undefined) return target
  const chat = chatOf(world, botById(world, target.bot_id), person)
  return { ...target, message: messageView(sendAsPerson(world, chat, `/start ${target.start}`)) }
}

export const loginRoutes: Route[] = [
  route('POST', '/control/login', ({ world, body }) => {
    const input = parse(login, body)
    const person = personById(world, input.person_id)
    const request = requestIn(world, input.authorize_url)
    if (input.cancel) return { redirect_url: deny(request) }
    const { bot_access: botAccess, misbehave } = input
    return { redirect_url: approve(world, request, person, { botAccess, misbehave }) }
  }),
  route('GET', '/control/login', ({ world }) => ({
    issuer: issuerOf(world),
    clients: [...world.bots.values()].map((bot) => clientView(world.login.clientOf(bot))),
    logins: world.login.grants.map((grant) => grantView(world, grant)),
  })),
  route('POST', '/control/login/clients', ({ world, body }) => {
    const { bot_id, client_secret, redirect_uris, pkce } = parse(client, body)
    const known = world.login.clientOf(botById(world, bot_id))
    if (redirect_uris !== undefined) known.redirectUris = redirect_uris.map(checkRedirectUri)
    if (client_secret !== undefined) known.secret = client_secret
    if (pkce !== undefined) known.pkce = pkce
    return clientView(known)
  }),
  route('POST', '/control/login/keys', async ({ world }) => ({
    kid: (await world.login.keys.rotate()).kid,
  })),
  route('POST', '/control/links', ({ world, body }) => {
    const input = parse(link, body)
    return openLink(world, input.person_id, input.link)
  }),
]
