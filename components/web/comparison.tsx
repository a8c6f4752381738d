import { Icon } from '@/components/ui/icon'
import { webMessages } from '@/lib/messages/web'
import styles from './comparison.module.css'
import type { WebFamily } from './tiers'

/** Feature by feature, which tier has it. */
export function Comparison({ family }: { family: WebFamily }) {
  const { compare, feature, yes, no } = webMessages.plans
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{compare(family.name)}</caption>
      <thead>
        <tr>
          <th scope="col">{feature}</th>
          {family.tiers.map(({ key, name }) => (
            <th key={key} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {family.comparison.map(({ name, isIn }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {isIn.map((has, index) => (
              <td key={family.tiers[index]?.key}>
                {has ? <Icon name="check" /> : <span aria-hidden="true">–</span>}
                <span className={styles.spoken}>{has ? yes : no}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
