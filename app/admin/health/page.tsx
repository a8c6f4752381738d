import type { Metadata } from 'next'
import { PageHead } from '@/components/admin/page-head'
import { requireAdmin } from '@/lib/auth/current-admin'
import { healthMessages } from '@/lib/messages/admin-health'
import { Doctor } from './doctor'
import { Part } from './part'
import { Findings, Queue, Reviews, Runs, Updates, Versions } from './parts'
import { TelegramSays, WeKnow } from './webhook'

export const metadata: Metadata = { title: healthMessages.title }

export default async function HealthPage() {
  const admin = await requireAdmin()
  const { webhook, reviews, updates, findings, runs, queue, versions, doctor } = healthMessages
  return (
    <>
      <PageHead heading={healthMessages.title} text={healthMessages.intro} />
      <Part heading={reviews.heading} text={reviews.text} load={() => Reviews(admin)} />
      <Part heading={findings.heading} text={findings.text} load={() => Findings(admin)} />
      <Part heading={updates.heading} text={updates.text} load={() => Updates(admin)} />
      <Part
        heading={webhook.heading}
        load={() => WeKnow(admin)}
        also={{ away: webhook.silent, load: () => TelegramSays(admin) }}
      />
      <Part heading={queue.heading} load={() => Queue(admin)} />
      <Part heading={runs.heading} text={runs.text} load={() => Runs(admin)} />
      <Part heading={doctor.heading} text={doctor.text} load={() => Doctor(admin)} />
      <Part heading={versions.heading} load={() => Versions(admin)} />
    </>
  )
}
