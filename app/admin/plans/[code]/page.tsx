import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { putBack, retire } from '@/app/admin/plans/actions'
import { Editor } from '@/app/admin/plans/editor'
import { PageHead } from '@/components/admin/page-head'
import { Facts, Panel } from '@/components/admin/panel'
import { Prices } from '@/components/admin/plans/prices'
import { Sale } from '@/components/admin/plans/sale'
import { Status } from '@/components/admin/status'
import { requireAdmin } from '@/lib/auth/current-admin'
import { findPlanInUse } from '@/lib/domain/plans/admin-queries'
import { rails } from '@/lib/domain/plans/queries'
import type { AdminPlanDto } from '@/lib/domain/plans/schema'
import { hasPower } from '@/lib/kit/powers'
import { planWords } from '@/lib/messages/admin-plans'

export const metadata: Metadata = { title: planWords.title }

type Props = { params: Promise<{ code: string }> }

export default async function PlanPage({ params }: Props) {
  const admin = await requireAdmin()
  const found = await findPlanInUse(admin, (await params).code)
  if (!found) notFound()
  const { plan } = found
  const isEditor = hasPower(admin.role, 'edit_plans')
  return (
    <>
      <PageHead heading={plan.name} text={isEditor ? undefined : planWords.readOnly} />
      <Panel heading={planWords.facts.heading}>
        <Facts rows={factsOf(plan)} />
      </Panel>
      {isEditor ? (
        <>
          <Panel heading={planWords.sale.heading}>
            <Sale plan={plan} retire={retire} putBack={putBack} />
          </Panel>
          <Panel heading={planWords.form.heading}>
            <Editor key={String(plan.onSale)} rails={rails()} edited={found} />
          </Panel>
        </>
      ) : null}
    </>
  )
}

function factsOf(plan: AdminPlanDto) {
  const { columns, facts } = planWords
  const held = (n: number) => planWords.count(n, plan.use.heldIsCut)
  const offered = (n: number) => planWords.count(n, plan.use.offeredIsCut)
  return [
    [facts.code, <code key="code">{plan.code}</code>],
    [
      columns.state,
      <Status key="state" tone={plan.onSale ? 'good' : 'plain'}>
        {plan.onSale ? planWords.state.onSale : planWords.state.retired}
      </Status>,
    ],
    [columns.prices, <Prices key="prices" prices={plan.prices} />],
    [columns.length, planWords.length(plan.kind, plan.durationDays)],
    [columns.family, plan.family],
    [columns.tier, plan.tier],
    [facts.goods, planWords.form.goodsNames[plan.goods]],
    [facts.features, plan.features.join(', ') || facts.none],
    [columns.entitlements, held(plan.use.entitlements)],
    [columns.subscriptions, held(plan.use.subscriptions)],
    [columns.openInvoices, offered(plan.use.openInvoices)],
    [facts.openPages, offered(plan.use.openPages)],
  ] as const
}
