import type { Metadata } from 'next'
import { PageHead } from '@/components/admin/page-head'
import { requireAdmin } from '@/lib/auth/current-admin'
import { listAdmins } from '@/lib/domain/admins/queries'
import { settingsToEdit } from '@/lib/domain/settings/queries'
import { settingsWords as words } from '@/lib/messages/admin-settings'
import { Roles } from './roles'
import { SettingsForm } from './settings-form'

export const metadata: Metadata = { title: words.title }

export default async function SettingsPage() {
  const admin = await requireAdmin('edit_settings')
  const [{ settings, version }, admins] = await Promise.all([
    settingsToEdit(admin),
    listAdmins(admin),
  ])
  return (
    <>
      <PageHead heading={words.title} text={words.text} />
      <SettingsForm key={version} settings={settings} version={version} />
      <Roles admins={admins} me={admin.telegramUserId} />
    </>
  )
}
