/** What a login can do that Telegram's never does: for tests of those who must notice. */
export const MISBEHAVIOURS = [
  'wrong_issuer',
  'wrong_audience',
  'other_bot',
  'alg_none',
  'alg_hs256',
  'alg_hs256_public_key',
  'wrong_signature',
  'unknown_key',
  'expired',
  'not_yet',
  'no_id',
  'text_id',
  'state_altered',
  'state_missing',
  'code_used',
  'code_expired',
  'code_unknown',
  'token_500',
  'token_no_id_token',
] as const

export type Misbehaviour = (typeof MISBEHAVIOURS)[number]
