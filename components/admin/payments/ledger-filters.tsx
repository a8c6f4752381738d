import form from '@/components/admin/form.module.css'
import { ledgerKind, ledgerMethod, ledgerSort, ledgerStatus } from '@/lib/domain/ledger/schema'
import { paymentsMessages as words } from '@/lib/messages/admin-payments'
import styles from './payments.module.css'

export type FilterName = keyof typeof words.names

type Props = {
  /** As they stand in the address, also when they do not fit. */
  typed: Partial<Record<FilterName, string>>
  problems: Partial<Record<FilterName, string>>
  plans: readonly { code: string; name: string }[]
  currencies: readonly string[]
}

/** A form that needs no script: it makes the address. */
export function LedgerFilters({ typed, problems, plans, currencies }: Props) {
  const choices: [FilterName, [string, string][]][] = [
    ['status', ledgerStatus.options.map((one) => [one, words.statuses[one]])],
    ['plan', plans.map(({ code, name }) => [code, name])],
    ['method', ledgerMethod.options.map((one) => [one, words.methods[one]])],
    ['kind', ledgerKind.options.map((one) => [one, words.kinds[one]])],
    ['currency', currencies.map((one) => [one, one])],
  ]
  return (
    // Fields that nobody changed would keep what was typed before "clear all".
    <form key={JSON.stringify(typed)} className={styles.filters} action="/admin/payments">
      <label className={form.field}>
        <span>{words.search}</span>
        <input
          className={form.input}
          type="search"
          name="q"
          defaultValue={typed.q}
          maxLength={256}
        />
        <span className={form.hint}>{words.searchHint}</span>
      </label>
      <fieldset className={styles.choices}>
        <legend className={styles.legend}>{words.filters}</legend>
        {choices.map(([name, options]) => (
          <label key={name} className={form.field}>
            <span>{words.names[name]}</span>
            <select className={form.input} name={name} defaultValue={typed[name] ?? ''}>
              <option value="">{words.any}</option>
              {options.map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        ))}
        {(['from', 'to'] as const).map((name) => (
          <label key={name} className={form.field}>
            <span>{words.names[name]}</span>
            <input className={form.input} type="date" name={name} defaultValue={typed[name]} />
          </label>
        ))}
        <label className={form.field}>
          <span>{words.names.sort}</span>
          <select className={form.input} name="sort" defaultValue={typed.sort ?? 'newest'}>
            {ledgerSort.options.map((one) => (
              <option key={one} value={one}>
                {words.sorts[one]}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      {Object.entries(problems).map(([name, problem]) => (
        <p key={name} role="alert" className={form.problem}>
          {problem}
        </p>
      ))}
      <div className={form.row}>
        <button type="submit" className={form.submit}>
          {words.show}
        </button>
        <a className={styles.clear} href="/admin/payments">
          {words.clear}
        </a>
      </div>
    </form>
  )
}
