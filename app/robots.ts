import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { env } from '@/lib/platform/env'

export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection()
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/app', '/account', '/admin', '/api/', '/login', '/pay'],
    },
    sitemap: `${env().APP_URL}/sitemap.xml`,
  }
}
