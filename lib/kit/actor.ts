/** What Telegram says about a person: from init data, a message or a pre-checkout query. */
export type Profile = {
  telegramUserId: number
  firstName: string
  lastName: string | null
  username: string | null
  languageCode: string | null
}

/** On whose authority a verb runs. Doors make actors; verbs and queries check them. */
export type Actor =
  /** A person who proved who they are. */
  | ({ kind: 'person' } & Profile)
  /** Telegram, through the webhook's secret. */
  | { kind: 'telegram' }
  /** Stripe, through its webhook's signature. */
  | { kind: 'stripe' }
  /** Another service of the owner, by the internal bearer token. */
  | { kind: 'service' }
  /** Our own worker and commands. */
  | { kind: 'system' }
  /** A person who runs the shop, with the role they have at this moment. */
  | AdminActor

export type PersonActor = Extract<Actor, { kind: 'person' }>

export const adminRoles = ['owner', 'support', 'viewer'] as const
export type AdminRole = (typeof adminRoles)[number]

export type AdminActor = {
  kind: 'admin'
  telegramUserId: number
  firstName: string
  role: AdminRole
  /** The address they act from, for the audit log. */
  from: string
}

/** Who it was, for the audit log and for "requested by": a Telegram id or the kind of actor. */
export function actorName(actor: Actor): string {
  return 'telegramUserId' in actor ? String(actor.telegramUserId) : actor.kind
}
