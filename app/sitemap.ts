import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { listPlans } from '@/lib/domain/plans/queries'
import { env } from '@/lib/platform/env'

export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  await connection()
  const plans = await listPlans()
  const onSale = plans.filter((plan) => plan.onSale).map(({ code }) => `/plans/${code}`)
  const paths = ['/', '/plans', ...onSale, '/terms', '/privacy']
  return paths.map((path) => ({ url: `${env().APP_URL}${path}` }))
}
