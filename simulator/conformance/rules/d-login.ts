import { leftOut, proved, section } from '@/simulator/conformance/rule'

export const login = section('D Log in with Telegram', 'd-login.test.ts', {
  'D.1-discovery-1': proved('Discovery names /auth, /token and /.well-known/jwks.json.'),
  'D.1-client-1': proved(
    'The client id is the bot’s id; its secret is neither its token nor posted.',
  ),
  'D.1-redirect-1': proved('One comes back to registered addresses only, with code and state.'),
  'D.1-redirect-2': leftOut(
    'An address that is not registered falls back to the old widget’s fragment.',
    'Only reported, and of no use to a site: a page says what is wrong.',
  ),
  'D.1-pkce-1': proved('The verifier must fit the S256 challenge of the beginning.'),
  'D.1-code-1': proved('A code is good once.'),
  'D.2-token-1': proved('The person is the number in id; sub is opaque, 19 digits, and another.'),
  'D.2-token-2': proved('Name, name of the account and picture come with the scope profile.'),
  'D.2-token-3': proved('The phone number comes with the scope phone, an e-mail never.'),
  'D.2-token-4': proved('The token is signed with RS256 by a published key and lasts an hour.'),
  'D.2-token-5': leftOut(
    'The owner may choose ES256, EdDSA or ES256K instead.',
    'RS256 is what everybody starts with.',
  ),
  'D.2-nonce-1': proved('A nonce is not echoed.'),
  'D.2-nothing-1': proved('There is no user info and no refresh token.'),
  'D.3-access-1': proved('With telegram:bot_access the bot may write to the person.'),
  'D.3-script-1': leftOut('A script opens the login in a window.', 'Sites redirect here.'),
})
