import type { Metadata } from 'next'
import { Editor } from '@/app/admin/plans/editor'
import { PageHead } from '@/components/admin/page-head'
import { requireAdmin } from '@/lib/auth/current-admin'
import { rails } from '@/lib/domain/plans/queries'
import { planWords } from '@/lib/messages/admin-plans'

export const metadata: Metadata = { title: planWords.newHeading }

export default async function NewPlanPage() {
  await requireAdmin('edit_plans')
  return (
    <>
      <PageHead heading={planWords.newHeading} text={planWords.newText} />
      <Editor rails={rails()} edited={null} />
    </>
  )
}
