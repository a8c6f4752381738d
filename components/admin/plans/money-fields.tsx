'use client'

import { useRef } from 'react'
import form from '@/components/admin/form.module.css'
import { Button } from '@/components/ui/button'
import type { TypedPrice } from '@/lib/domain/plans/schema'
import { planWords } from '@/lib/messages/admin-plans'
import { Labelled } from './labelled'
import styles from './plans.module.css'

type Props = { prices: readonly TypedPrice[]; change: (prices: TypedPrice[]) => void }

const words = planWords.form

/** A line for every price in money, which can be added and taken out. */
export function MoneyFields({ prices, change }: Props) {
  const group = useRef<HTMLFieldSetElement>(null)
  const edit = (at: number, changed: Partial<TypedPrice>) =>
    change(prices.map((price, index) => (index === at ? { ...price, ...changed } : price)))
  // What had the focus is gone with its line.
  const drop = (at: number) => {
    change(prices.filter((_, index) => index !== at))
    group.current?.focus()
  }
  return (
    <fieldset ref={group} tabIndex={-1} className={styles.moneys}>
      <legend>{words.moneys}</legend>
      {prices.map((price, index) => {
        // Lines have nothing of their own that stays the same while they are typed.
        const key = index
        return (
          <div key={key} className={styles.money}>
            <MoneyField
              label={words.nth(words.money, index + 1)}
              hint={index === 0 ? words.moneyHint : undefined}
              value={price.amount}
              mode="decimal"
              type={(amount) => edit(index, { amount })}
            />
            <MoneyField
              label={words.nth(words.currency, index + 1)}
              value={price.currency}
              max={3}
              type={(currency) => edit(index, { currency })}
            />
            {prices.length > 1 ? (
              <Button look="text" onPress={() => drop(index)}>
                {words.dropMoney(price.currency)}
              </Button>
            ) : null}
          </div>
        )
      })}
      <Button look="soft" onPress={() => change([...prices, { currency: '', amount: '' }])}>
        {words.addMoney}
      </Button>
    </fieldset>
  )
}

type FieldProps = {
  label: string
  hint?: string | undefined
  value: string
  mode?: 'decimal'
  max?: number
  type: (value: string) => void
}

function MoneyField({ label, hint, value, mode, max, type }: FieldProps) {
  return (
    <Labelled label={label} hint={hint}>
      {(id, hintId) => (
        <input
          id={id}
          className={form.input}
          aria-describedby={hint ? hintId : undefined}
          value={value}
          inputMode={mode}
          maxLength={max}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Labelled>
  )
}
