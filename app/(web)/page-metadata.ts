import type { Metadata } from 'next'
import { webMessages } from '@/lib/messages/web'
import { loadSite } from './site'

type Facts = {
  /** Null: the front page, whose title is the shop's name. */
  title: string | null
  description?: string
  /** The one address of this page. */
  path: string
}

/** Title, canonical address and share preview of a public page. */
export async function pageMetadata({ title, description, path }: Facts): Promise<Metadata> {
  const { shopName, intro, logo, payment } = await loadSite()
  const about = description || intro || webMessages.description(shopName, payment.takesCards)
  // Previews want an absolute title: the template of the layout does not reach them.
  const shown = title ? `${title} · ${shopName}` : shopName
  const image = logo
    ? { url: logo }
    : { url: '/share.png', width: 1200, height: 630, type: 'image/png' }
  return {
    title: { absolute: shown },
    description: about,
    alternates: { canonical: path },
    openGraph: {
      type: 'website',
      siteName: shopName,
      title: shown,
      description: about,
      url: path,
      images: [{ ...image, alt: '' }],
    },
    twitter: { card: logo ? 'summary' : 'summary_large_image' },
  }
}
