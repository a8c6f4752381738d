import { connection } from 'next/server'
import { Landing } from '@/components/web/landing'
import { env } from '@/lib/platform/env'
import { telegramLink } from '@/lib/platform/links'

export default async function HomePage() {
  await connection()
  const { TELEGRAM_BOT_USERNAME: bot } = env()
  return <Landing bot={bot} botLink={telegramLink(bot)} />
}
