import { log } from './log'
import { count } from './metrics'

/** Everything that looks like an attempt to cheat; each is refused where it is noticed. */
export type IncidentKind =
  /** A webhook delivery without the secret. */
  | 'webhook_forged'
  /** Init data that its own bot did not sign, or of another time or bot. */
  | 'init_data_forged'
  /** A pre-checkout or charge whose payload, amount, plan or payer was tampered with. */
  | 'payment_tampered'
  /** A charge that was delivered again with another update id. A refund may honestly come twice. */
  | 'update_replayed'
  /** The JSON of a payment typed as a chat message. */
  | 'payment_typed'
  /** A bearer token or session of somebody else's making. */
  | 'token_forged'
  /** A request from another site, or without our Origin. */
  | 'origin_forged'
  /** A person without a role who tries what only admins may do. */
  | 'admin_forged'
  /** A Stripe event that was not signed by Stripe. */
  | 'stripe_forged'

/** Logs an incident and counts it. Details name no secrets, no init data and no charge ids. */
export function incident(kind: IncidentKind, details: Record<string, unknown> = {}): void {
  count('security_incidents_total', { kind })
  log().warn({ ...details, event: kind, incident: true, outcome: 'refused' })
}
