import type { MetadataRoute } from 'next'
import { connection } from 'next/server'
import { recentSettings } from '@/lib/domain/settings/recent'

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  await connection()
  const { shopName } = await recentSettings()
  return {
    name: shopName,
    short_name: shopName,
    start_url: '/',
    display: 'browser',
    background_color: '#f2f3f7',
    theme_color: '#f2f3f7',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
    ],
  }
}
