import type { Metadata } from 'next'
import { Moment } from '@/components/admin/moment'
import { PageHead } from '@/components/admin/page-head'
import { Pager } from '@/components/admin/pager'
import { Empty } from '@/components/admin/panel'
import { ExportButton } from '@/components/admin/payments/export-button'
import { LedgerFilters } from '@/components/admin/payments/ledger-filters'
import { LedgerTable } from '@/components/admin/payments/ledger-table'
import styles from '@/components/admin/payments/payments.module.css'
import { requireAdmin } from '@/lib/auth/current-admin'
import { listLedger } from '@/lib/domain/ledger/queries'
import { listPlans } from '@/lib/domain/plans/queries'
import { hasPower } from '@/lib/kit/powers'
import { paymentsMessages as words } from '@/lib/messages/admin-payments'
import { readAddress } from './address'

export const metadata: Metadata = { title: words.title }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function PaymentsPage({ searchParams }: Props) {
  const admin = await requireAdmin()
  const { filter, place, typed, problems, addressOf } = readAddress(await searchParams)
  const [page, plans] = await Promise.all([listLedger(admin, filter, place), listPlans()])
  const currencies = [
    ...new Set(['XTR', ...plans.flatMap(({ prices }) => prices.map(({ currency }) => currency))]),
  ]
  const isFiltered = Object.keys(typed).some((name) => name !== 'sort')
  return (
    <>
      <PageHead heading={words.title} text={words.intro} />
      <LedgerFilters typed={typed} problems={problems} plans={plans} currencies={currencies} />
      <div className={styles.bar}>
        <span>{page.lookedTo ? null : words.about(page.about)}</span>
        {hasPower(admin.role, 'export') ? <ExportButton href={addressOf('export')} /> : null}
      </div>
      {page.isCut ? <p>{words.cut}</p> : null}
      {page.rows.length > 0 ? <LedgerTable rows={page.rows} /> : null}
      {page.rows.length === 0 && !page.lookedTo ? (
        <Empty>{isFiltered ? words.noMatch : words.empty}</Empty>
      ) : null}
      {page.lookedTo ? (
        <p>
          {words.looked(page.rows.length === 0)} <Moment at={page.lookedTo} />
          {words.goOn}
        </p>
      ) : null}
      <Pager
        newer={page.newer && addressOf('list', { newer_than: page.newer })}
        older={page.older && addressOf('list', { older_than: page.older })}
      />
    </>
  )
}
