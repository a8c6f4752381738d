import type { SpecTitle } from './spec-titles'

/** One checkable statement about Telegram, and what stands for it here. */
export type Rule =
  | { says: string; where: 'server' }
  | { says: string; where: 'client'; spec: SpecTitle }
  | { says: string; where: 'nowhere'; reason: string }

export type Section<R extends Record<string, Rule> = Record<string, Rule>> = {
  title: string
  /** The file in this folder that proves what is to be proved at the server. */
  test: string | undefined
  /** By id: the section of the protocol, a topic, a number. */
  rules: R
}

/** A test of this folder proves it. */
export function proved(says: string): { says: string; where: 'server' } {
  return { says, where: 'server' }
}

/** It needs a browser: the Playwright test with this title in `e2e/` proves it. */
export function inClient(says: string, spec: SpecTitle) {
  return { says, where: 'client' as const, spec }
}

export function leftOut(says: string, reason: string) {
  return { says, where: 'nowhere' as const, reason }
}

export function section<R extends Record<string, Rule>>(
  title: string,
  test: string | undefined,
  rules: R,
): Section<R> {
  return { title, test, rules }
}

/** The ids that need a proof: the compiler refuses a table of proofs with one too few or too many. */
export type Provable<S extends Section> = {
  [Id in keyof S['rules'] & string]: S['rules'][Id] extends { where: 'server' } ? Id : never
}[keyof S['rules'] & string]
