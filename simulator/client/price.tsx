import { priceText } from './format'
import { Star } from './icons'

export function Stars({ amount }: { amount: number }) {
  return (
    <span className="price">
      <Star /> {amount}
    </span>
  )
}

export function Price({ currency, amount }: { currency: string; amount: number }) {
  if (currency === 'XTR') return <Stars amount={amount} />
  return <span className="price">{priceText(currency, amount)}</span>
}
