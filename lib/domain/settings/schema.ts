import { z } from 'zod'

/**
 * What the owner decides about the shop, and what holds while they decided nothing. Every setting is
 * one row; a row of an older shape that does not fit any more counts as undecided.
 */
export const settings = {
  /** The shop's name, shown on every page. */
  shopName: z.string().trim().min(1).max(60).default('Starpass'),
  /** Who sells: a person's or a company's name and address, printed on receipts. */
  seller: z.string().trim().max(500).default(''),
  /** Where a buyer finds help: an address, a link or a @username. */
  supportContact: z.string().trim().max(200).default(''),
  /** Own texts for /terms and /privacy in place of the default ones; paragraphs by empty lines. */
  terms: z.string().max(50_000).default(''),
  privacy: z.string().max(50_000).default(''),
  /** Days before the end of a one-off plan at which its owner is reminded. */
  reminderDays: z.array(z.int().min(1).max(60)).max(5).default([3]),
} as const satisfies Record<string, z.ZodType>

export type SettingName = keyof typeof settings
export type Settings = { [K in SettingName]: z.infer<(typeof settings)[K]> }
