/**
 * The codes by which a verb refuses. A refusal is expected and harmless; everything else that is
 * thrown is a fault. Doors translate a code into a status and a sentence (lib/messages).
 */
export type RefusalCode =
  | 'unauthorized'
  | 'init_data_expired'
  | 'forbidden_origin'
  | 'forbidden'
  | 'invalid_request'
  | 'rate_limited'
  | 'unknown_plan'
  | 'already_entitled'
  | 'telegram_unavailable'
  | 'stripe_unavailable'
  | 'not_found'
  | 'conflict'

export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly code: RefusalCode,
    /** What is wrong and what to do, for a developer; never secrets or ids of others. */
    readonly detail?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(detail ?? code)
  }
}
