import type { Metadata } from 'next'
import Link from 'next/link'
import { PageHead } from '@/components/admin/page-head'
import { Empty } from '@/components/admin/panel'
import { Move } from '@/components/admin/plans/move'
import { Prices } from '@/components/admin/plans/prices'
import { Status } from '@/components/admin/status'
import { type Column, Table } from '@/components/admin/table'
import { LinkButton } from '@/components/ui/button'
import { requireAdmin } from '@/lib/auth/current-admin'
import { listPlansInUse } from '@/lib/domain/plans/admin-queries'
import type { AdminPlanDto } from '@/lib/domain/plans/schema'
import { hasPower } from '@/lib/kit/powers'
import { planWords } from '@/lib/messages/admin-plans'
import { move } from './actions'

export const metadata: Metadata = { title: planWords.title }

const words = planWords.columns

const columns: Column<AdminPlanDto>[] = [
  {
    name: words.name,
    cell: (plan) => (
      <>
        <Link href={`/admin/plans/${plan.code}`} prefetch={false}>
          {plan.name}
        </Link>{' '}
        <code>{plan.code}</code>
      </>
    ),
  },
  { name: words.prices, cell: (plan) => <Prices prices={plan.prices} /> },
  { name: words.length, cell: (plan) => planWords.length(plan.kind, plan.durationDays) },
  { name: words.family, cell: (plan) => plan.family },
  { name: words.tier, cell: (plan) => plan.tier, isNumber: true },
  {
    name: words.state,
    cell: ({ onSale }) => (
      <Status tone={onSale ? 'good' : 'plain'}>
        {onSale ? planWords.state.onSale : planWords.state.retired}
      </Status>
    ),
  },
  {
    name: words.entitlements,
    cell: ({ use }) => planWords.count(use.entitlements, use.heldIsCut),
    isNumber: true,
  },
  {
    name: words.subscriptions,
    cell: ({ use }) => planWords.count(use.subscriptions, use.heldIsCut),
    isNumber: true,
  },
  {
    name: words.openInvoices,
    cell: ({ use }) => planWords.count(use.openInvoices + use.openPages, use.offeredIsCut),
    isNumber: true,
  },
]

export default async function PlansPage() {
  const admin = await requireAdmin()
  const plans = await listPlansInUse(admin)
  const isEditor = hasPower(admin.role, 'edit_plans')
  const order: Column<AdminPlanDto> = {
    name: words.order,
    cell: ({ code, name }) => (
      <Move
        code={code}
        name={name}
        isFirst={plans[0]?.code === code}
        isLast={plans.at(-1)?.code === code}
        move={move}
      />
    ),
  }
  return (
    <>
      <PageHead
        heading={planWords.title}
        text={isEditor ? planWords.text : `${planWords.text} ${planWords.readOnly}`}
      >
        {isEditor ? <LinkButton href="/admin/plans/new">{planWords.create}</LinkButton> : null}
      </PageHead>
      {plans.length === 0 ? (
        <Empty>{planWords.empty}</Empty>
      ) : (
        <Table
          caption={planWords.caption}
          columns={isEditor ? [...columns, order] : columns}
          rows={plans}
          keyOf={(plan) => plan.code}
        />
      )}
    </>
  )
}
