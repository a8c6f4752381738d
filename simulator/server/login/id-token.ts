import { createHmac, createSign } from 'node:crypto'
import type { World } from '@/simulator/server/world'
import type { Grant } from './grants'
import { newKey, type SigningKey } from './keys'

type Claims = Record<string, unknown>
type Header = { alg: string; kid?: string; typ: 'JWT' }

const LIFE = 3600

export function issuerOf(world: World): string {
  return `${world.url}/oauth`
}

/** Opaque, 19 digits, the same for a person at every login with a bot, and not the person's id. */
function subjectOf(world: World, { client, person }: Grant): string {
  const digest = createHmac('sha256', world.signingSeed).update(`${client.bot.id}:${person.id}`)
  const number = digest.digest().readBigUInt64BE() % 9_000_000_000_000_000_000n
  return String(number + 1_000_000_000_000_000_000n)
}

function profileOf(world: World, { person, scopes }: Grant): Claims {
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ')
  return {
    ...(scopes.includes('profile') && {
      name,
      ...(person.username && { preferred_username: person.username }),
      picture: `${world.url}/oauth/userpic/${person.id}.svg`,
    }),
    ...(scopes.includes('phone') && {
      phone_number: `+999${String(person.id % 10_000_000).padStart(7, '0')}`,
    }),
  }
}

function anotherBot(world: World, id: number): number {
  return [...world.bots.keys()].find((other) => other !== id) ?? id + 1
}

function claimsOf(world: World, grant: Grant): Claims {
  const { client, person, misbehave } = grant
  const now = world.clock.unix()
  // Whoever checks the token may do so by the machine's clock or by the simulated one.
  const real = Math.floor(Date.now() / 1000)
  const past = Math.min(now, real)
  const future = Math.max(now, real) + LIFE
  const claims: Claims = {
    iss: misbehave === 'wrong_issuer' ? 'https://oauth.telegram.example' : issuerOf(world),
    aud: String(client.bot.id),
    sub: subjectOf(world, grant),
    iat: now,
    exp: now + LIFE,
    id: person.id,
    ...profileOf(world, grant),
  }
  switch (misbehave) {
    case 'wrong_audience':
      return { ...claims, aud: 'somebody-else' }
    case 'other_bot':
      return { ...claims, aud: String(anotherBot(world, client.bot.id)) }
    case 'expired':
      return { ...claims, iat: past - 2 * LIFE, exp: past - LIFE }
    case 'not_yet':
      return { ...claims, iat: future, nbf: future, exp: future + LIFE }
    case 'no_id':
      return { ...claims, id: undefined }
    case 'text_id':
      return { ...claims, id: `${person.id} or so` }
    default:
      return claims
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function signedBy(key: SigningKey, header: Header, claims: Claims): string {
  const text = `${encoded(header)}.${encoded(claims)}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key.privateKey, 'base64url')}`
}

function keyedWith(secret: string | Buffer, claims: Claims, kid?: string): string {
  const header: Header = { alg: 'HS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) }
  const text = `${encoded(header)}.${encoded(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

export async function idToken(world: World, grant: Grant): Promise<string> {
  const key = await world.login.keys.current()
  const claims = claimsOf(world, grant)
  const header: Header = { alg: 'RS256', kid: key.kid, typ: 'JWT' }
  switch (grant.misbehave) {
    case 'alg_none':
      return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`
    case 'alg_hs256':
      return keyedWith(grant.client.secret, claims)
    case 'alg_hs256_public_key':
      return keyedWith(key.publicKey.export({ format: 'pem', type: 'spki' }), claims, key.kid)
    case 'wrong_signature':
      return signedBy(await newKey(world.clock), header, claims)
    case 'unknown_key': {
      const stray = await newKey(world.clock)
      return signedBy(stray, { ...header, kid: stray.kid }, claims)
    }
    default:
      return signedBy(key, header, claims)
  }
}
