import type { Actor, AdminActor, AdminRole } from './actor'
import { Refusal } from './errors'

/** What running the shop needs, and which roles may do it. */
const powers = {
  /** See payments, people, plans, sums and the state of the shop. */
  view: ['owner', 'support', 'viewer'],
  /** Take the payments out of the house as a file. */
  export: ['owner', 'support'],
  refund: ['owner', 'support'],
  settle: ['owner', 'support'],
  grant: ['owner', 'support'],
  /** Write to a person through the bot, look their purchases up at Telegram. */
  help: ['owner', 'support'],
  ban: ['owner', 'support'],
  /** Compare with Telegram's list, try failed jobs again. */
  operate: ['owner', 'support'],
  edit_plans: ['owner'],
  edit_settings: ['owner'],
  edit_roles: ['owner'],
  read_audit: ['owner', 'support'],
} as const satisfies Record<string, readonly AdminRole[]>

export type Power = keyof typeof powers

/** Those who run the shop: people with a role, our own worker and commands. */
export type Manager = AdminActor | Extract<Actor, { kind: 'system' }>

export function hasPower(role: AdminRole, power: Power): boolean {
  const roles: readonly AdminRole[] = powers[power]
  return roles.includes(role)
}

/** The first line of every verb and query of the admin. Refuses: forbidden. */
export function requirePower(actor: Manager, power: Power): void {
  if (actor.kind === 'system') return
  if (!hasPower(actor.role, power)) {
    throw new Refusal('forbidden', `The role ${actor.role} may not do this.`)
  }
}
