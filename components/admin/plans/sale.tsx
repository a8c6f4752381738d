'use client'

import { ConfirmAction } from '@/components/admin/confirm-action'
import type { PlanUse } from '@/lib/domain/plans/schema'
import type { ActionResult } from '@/lib/kit/action-result'
import { planWords } from '@/lib/messages/admin-plans'
import styles from './plans.module.css'

type Act = (input: { code: string; reason: string }) => Promise<ActionResult<unknown>>
type Props = {
  plan: { code: string; name: string; onSale: boolean; use: PlanUse }
  retire: Act
  putBack: Act
}

/** Takes a plan off sale or puts it back, after saying what goes on. */
export function Sale({ plan, retire, putBack }: Props) {
  const words = planWords.sale
  const { code, name } = plan
  if (!plan.onSale) {
    return (
      <ConfirmAction
        key="back"
        label={words.putBack}
        heading={words.putBackHeading(name)}
        confirm={words.putBack}
        done={words.isBack}
        act={(reason) => putBack({ code, reason })}
      >
        <p>{words.putBackMeans}</p>
      </ConfirmAction>
    )
  }
  return (
    <ConfirmAction
      key="retire"
      label={words.retire}
      heading={words.retireHeading(name)}
      confirm={words.retire}
      done={words.retired}
      isDangerous
      act={(reason) => retire({ code, reason })}
    >
      <ul className={styles.list}>
        {words.retireMeans(plan.use).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </ConfirmAction>
  )
}
