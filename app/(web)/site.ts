import { createHash } from 'node:crypto'
import { cache } from 'react'
import type { Site } from '@/components/web/site'
import { rails } from '@/lib/domain/plans/queries'
import { recentSettings } from '@/lib/domain/settings/recent'
import type { Settings } from '@/lib/domain/settings/schema'
import { contactLink } from '@/lib/domain/settings/texts'
import type { ShopFacts } from '@/lib/messages/web'
import { env } from '@/lib/platform/env'
import { telegramLink } from '@/lib/platform/links'

/** The owner's settings, read once for all parts of a page. */
export const shopSettings = cache(recentSettings)

/** What pages know about the shop. */
export const loadSite = cache(async (): Promise<Site> => {
  const settings = await shopSettings()
  const bot = env().TELEGRAM_BOT_USERNAME
  return {
    shopName: settings.shopName,
    headline: settings.headline,
    intro: settings.intro,
    seller: settings.seller,
    support: supportOf(settings),
    logo: settings.logo ? `/logo?v=${logoVersion(settings.logo)}` : null,
    bot,
    botLink: telegramLink(bot),
    payment: { takesCards: rails().takesCards },
  }
})

/** What answers and legal texts name. */
export async function shopFacts(): Promise<ShopFacts> {
  const { shopName, bot, support, payment } = await loadSite()
  return { shopName, bot, support: support?.label ?? '', takesCards: payment.takesCards }
}

/** Changes with the picture, so that browsers may keep each one for ever. */
export function logoVersion(logo: string): string {
  return createHash('sha256').update(logo).digest('base64url').slice(0, 12)
}

function supportOf({ supportContact: label }: Settings): Site['support'] {
  return label ? { label, href: contactLink(label, telegramLink) } : null
}
