import { currencyExponent, type Money } from '@/lib/kit/money'
import type { Site } from './site'
import type { WebOffer } from './tiers'

type Question = { question: string; answer: string }

/** A plan as schema.org describes products, for search engines. */
export function productData(offer: WebOffer, site: Site, pageUrl: string) {
  const prices = [offer.starPrice, offer.cardPrice].filter((price) => price !== null)
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: offer.name,
    description: offer.description,
    sku: offer.code,
    brand: { '@type': 'Brand', name: site.shopName },
    offers: prices.map((price) => ({
      '@type': 'Offer',
      price: inMainUnits(price),
      priceCurrency: price.currency,
      availability: 'https://schema.org/InStock',
      url: pageUrl,
    })),
  }
}

export function questionsData(questions: readonly Question[]) {
  return {
    '@context': 'https://schema.org',
    '@type': 'FAQPage',
    mainEntity: questions.map(({ question, answer }) => ({
      '@type': 'Question',
      name: question,
      acceptedAnswer: { '@type': 'Answer', text: answer },
    })),
  }
}

function inMainUnits({ amount, currency }: Money): string {
  const digits = currencyExponent(currency)
  return (amount / 10 ** digits).toFixed(digits)
}
