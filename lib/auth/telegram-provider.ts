import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { botId, env } from '@/lib/platform/env'

/** Lets the bot write to the person; whether they agreed shows in the scope of the answer. */
const botAccess = 'telegram:bot_access'

const claims = z.object({
  /** The Telegram user id. `sub` is another number, which means nothing elsewhere. */
  id: z.int().positive(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
})

/**
 * Log in with Telegram: OpenID Connect with code flow, PKCE and state. The answer has no e-mail and
 * does not repeat a nonce. https://core.telegram.org/bots/telegram-login
 */
export function telegramProvider(clientSecret: string): OAuthConfig<unknown> {
  return {
    id: 'telegram',
    name: 'Telegram',
    type: 'oauth',
    wellKnown: `${env().TELEGRAM_LOGIN_ISSUER}/.well-known/openid-configuration`,
    clientId: String(botId()),
    clientSecret,
    client: {
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
    },
    idToken: true,
    checks: ['pkce', 'state'],
    authorization: { params: { scope: `openid profile ${botAccess}` } },
    profile(answer, tokens) {
      const { id, name, preferred_username } = claims.parse(answer)
      const mayWrite = tokens.scope?.split(' ').includes(botAccess) ?? false
      return {
        id: String(id),
        person: {
          kind: 'person',
          telegramUserId: id,
          firstName: name ?? '',
          lastName: null,
          username: preferred_username ?? null,
          languageCode: null,
        },
        ...(mayWrite ? { reachable: 'yes' as const } : {}),
      }
    },
  }
}
