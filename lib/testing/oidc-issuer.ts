import {
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Grant = { challenge: string | null; redirectUri: string | null }

export type Token = {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  /** How it is signed; a key of our own unless told otherwise. */
  sign: (text: string, key: KeyObject) => Buffer
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export const signRs256 = (text: string, key: KeyObject) => sign('sha256', Buffer.from(text), key)
export const signHs256 = (secret: string) => (text: string) =>
  createHmac('sha256', secret).update(text).digest()

/**
 * The smallest OpenID issuer of Telegram's shape, which a test can make lie. It keeps to PKCE, client
 * secret and single use of codes by itself.
 */
export async function startOidcIssuer(client: { id: string; secret: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' }
  const grants = new Map<string, Grant>()
  let twist: (token: Token) => Token = (token) => token
  let scope: string | undefined
  let isDown = false

  const tokenFor = (issuer: string, personId: number): string => {
    const now = Math.floor(Date.now() / 1000)
    const token = twist({
      header: { alg: 'RS256', kid: 'key-1', typ: 'JWT' },
      claims: {
        iss: issuer,
        aud: client.id,
        sub: '8123456789012345678',
        iat: now,
        exp: now + 3600,
        id: personId,
        name: 'Ann Example',
        preferred_username: 'ann',
      },
      sign: signRs256,
    })
    const text = `${base64(token.header)}.${base64(token.claims)}`
    return `${text}.${token.sign(text, privateKey).toString('base64url')}`
  }

  const people = new Map<string, number>()
  const redeem = (form: URLSearchParams, authorization: string): [number, object] => {
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
    if (authorization !== `Basic ${basic}`) return [401, { error: 'invalid_client' }]
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const verifier = form.get('code_verifier') ?? ''
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const fits = grant?.challenge === challenge && grant.redirectUri === form.get('redirect_uri')
    if (!fits) return [400, { error: 'invalid_grant' }]
    const id_token = tokenFor(url, people.get(code) ?? 0)
    const answer = { access_token: randomBytes(8).toString('hex'), token_type: 'Bearer', id_token }
    return [200, scope === undefined ? answer : { ...answer, scope }]
  }

  const server = createServer(async (request, response) => {
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (isDown) return say(500, { error: 'server_error' })
    if (request.url === '/token') {
      const form = new URLSearchParams(await read(request))
      return say(...redeem(form, request.headers.authorization ?? ''))
    }
    if (request.url === '/jwks') return say(200, { keys: [jwk] })
    return say(200, {
      issuer: url,
      authorization_endpoint: `${url}/auth`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
      code_challenge_methods_supported: ['S256'],
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server on a TCP port has an address object.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    /** A person says yes to what the address asks; gives the address the browser is sent back to. */
    agrees(authorizeUrl: string, personId: number): URL {
      const query = new URL(authorizeUrl).searchParams
      const code = randomBytes(16).toString('hex')
      people.set(code, personId)
      grants.set(code, {
        challenge: query.get('code_challenge'),
        redirectUri: query.get('redirect_uri'),
      })
      const back = new URL(query.get('redirect_uri') ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', query.get('state') ?? '')
      return back
    },
    /** Changes the next tokens. */
    lies(change: (token: Token) => Token) {
      twist = change
    },
    grantsScope(granted: string) {
      scope = granted
    },
    goesDown() {
      isDown = true
    },
    behaves() {
      twist = (token) => token
      scope = undefined
      isDown = false
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

export type OidcIssuer = Awaited<ReturnType<typeof startOidcIssuer>>

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
