import { z } from 'zod'

/** Letters and digits that nobody takes for one another. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
export const codeLength = 8

/** A login code as a person or a link gives it: case and hyphen do not matter. */
export const loginCode = z
  .string()
  .transform((text) => text.toUpperCase().replaceAll('-', ''))
  .pipe(z.string().regex(new RegExp(`^[${codeAlphabet}]{${codeLength}}$`)))

/** A code as it is shown: `K7QM-4XNP`. */
export function displayCode(code: string): string {
  return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`
}

/**
 * Where a login stands, as its browser may know it. `contested`: more than one person came with
 * the code.
 */
export const loginState = z.enum(['pending', 'confirmed', 'denied', 'contested', 'expired', 'used'])
export type LoginState = z.infer<typeof loginState>

export type LoginCodeDto = { code: string; state: LoginState; secondsLeft: number }

/** What a person is asked in the bot before a browser is let in. */
export type LoginQuestion = { code: string; browser: string; askedAt: Date }

/** Why a person cannot answer for a code. `used`: they did before; `taken`: somebody else did. */
export type LoginRefusal = 'used' | 'taken' | 'contested' | 'expired'

/** What became of an answer in the bot. */
export type LoginAnswer = 'confirmed' | 'denied' | LoginRefusal
