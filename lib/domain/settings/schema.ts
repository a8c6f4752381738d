import { z } from 'zod'
import { dataUrl, logoBytesMax, pictureIn } from './picture'
import { areFeatureNames } from './texts'

const text = (longest: number) => z.string().trim().max(longest).default('')

/** `#3567dc`; empty: our own. */
const colour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(#[0-9a-f]{6})?$/, 'must be a colour such as #3567dc, or empty')
  .default('')

/**
 * What the owner decides about the shop, and what holds while they decided nothing. Every setting is
 * one row; a row of an older shape that does not fit any more counts as undecided.
 */
export const settings = {
  /** The shop's name, shown on every page. */
  shopName: z.string().trim().min(1).max(60).default('Starpass'),
  /** The first words of the front page, and the sentence below them. */
  headline: text(120),
  intro: text(400),
  /** Who sells: a person's or a company's name and address, printed on receipts. */
  seller: text(500),
  /** Where a buyer finds help: an address, a link or a @username. */
  supportContact: text(200),
  /** Own texts for /terms and /privacy in place of the default ones; see `articleBlocks`. */
  terms: text(50_000),
  privacy: text(50_000),
  /** Questions before our own: paragraphs whose first line asks and whose other lines answer. */
  questions: text(20_000),
  /** What buyers read for the features that services check: lines such as `no_ads: No adverts`. */
  featureNames: z
    .string()
    .trim()
    .max(10_000)
    .refine(areFeatureNames, 'needs lines such as no_ads: No adverts')
    .default(''),
  /** Buttons and links on light and on dark pages; without the second the first serves both. */
  accent: colour,
  accentDark: colour,
  /** A picture as a data URL: PNG, WebP or JPEG, which unlike SVG cannot carry a script. */
  logo: z
    .string()
    .max(dataUrl.charactersMax)
    .refine(
      (url) => url === '' || pictureIn(url) !== null,
      `must be a PNG, WebP or JPEG of at most ${logoBytesMax / 1024} KiB`,
    )
    .default(''),
  /** What one Star is worth to the seller, for estimates beside sums in Stars. */
  starRate: z
    .object({
      currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as USD'),
      price: z.number().positive().max(1000),
    })
    .default({ currency: 'USD', price: 0.013 }),
  /** Days before the end of a one-off plan at which its owner is reminded. */
  reminderDays: z.array(z.int().min(1).max(60)).max(5).default([3]),
  /** Around money that does not fit: whether its buyer hears of it, and the admins once a day. */
  reviewPolicy: z
    .object({ tellBuyer: z.boolean(), remindAdmins: z.boolean() })
    .default({ tellBuyer: true, remindAdmins: false }),
} as const satisfies Record<string, z.ZodType>

export type SettingName = keyof typeof settings
export type Settings = { [K in SettingName]: z.infer<(typeof settings)[K]> }

/** A few settings at once, as the form sends them; no name that is not a setting. */
export const settingChanges = z.object(settings).partial().strict()
export type SettingChanges = Partial<Settings>

/** What a stored value says, or the default where it does not fit. */
export function readSetting(schema: z.ZodType, value: unknown): unknown {
  const read = schema.safeParse(value)
  return read.success ? read.data : schema.parse(undefined)
}
