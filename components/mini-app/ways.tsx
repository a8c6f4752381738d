import type { PaymentMethod, Way } from '@/lib/domain/plans/schema'
import { formatMoney } from '@/lib/kit/money'
import { miniAppMessages } from '@/lib/messages/mini-app'
import dock from './dock.module.css'
import styles from './ways.module.css'

type Props = { ways: Way[]; chosen: PaymentMethod; onChoose: (method: PaymentMethod) => void }

/** How to pay, where there is a choice. */
export function Ways({ ways, chosen, onChoose }: Props) {
  const { shop } = miniAppMessages
  return (
    <div className={`${dock.box} ${styles.ways}`} role="radiogroup" aria-label={shop.ways}>
      {ways.map(({ method, price }) => (
        <label key={method} className={styles.way}>
          <input
            type="radio"
            name="way"
            value={method}
            checked={method === chosen}
            onChange={() => onChoose(method)}
          />
          <span className={styles.name}>{shop.way[method]}</span>
          <span className={styles.price}>{formatMoney(price)}</span>
        </label>
      ))}
    </div>
  )
}
