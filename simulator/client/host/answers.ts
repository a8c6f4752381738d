import { api } from '@/simulator/client/api'
import { refreshChats } from '@/simulator/client/data'
import { attempt, currentPerson, getState } from '@/simulator/client/store'
import type { Host } from './host'
import { putOnHomeScreen, writeStore } from './storage'

/** What happens when the person says yes. */

export function allowWriting(host: Host): Promise<void> {
  return attempt(async () => {
    const { personId, botId } = host.session
    await api.allowWriting({ person_id: personId, bot_id: botId })
    host.update({ question: null })
    host.send('write_access_requested', { status: 'allowed' })
    await refreshChats()
  })
}

/** Play numbers, from a range that no network gives out. */
function phoneNumber(personId: number): string {
  return `888${String(personId % 100_000_000).padStart(8, '0')}`
}

/**
 * The Mini App hears `sent` and then asks for the contact itself. The contact carries no hash: the
 * client has no bot token to sign with.
 */
export function sharePhone(host: Host): Promise<void> {
  return attempt(async () => {
    const { session } = host
    const person = currentPerson(getState())
    if (!person) return
    const contact = {
      user_id: person.id,
      phone_number: phoneNumber(person.id),
      first_name: person.first_name,
      ...(person.last_name ? { last_name: person.last_name } : {}),
    }
    const { unix } = await api.clock()
    const response = new URLSearchParams({
      contact: JSON.stringify(contact),
      auth_date: String(unix),
    })
    writeStore('contact', session, new Map([['response', String(response)]]))
    host.update({ question: null })
    host.send('phone_requested', { status: 'sent' })
  })
}

export function placeOnHomeScreen(host: Host): void {
  putOnHomeScreen(host.session)
  host.update({ question: null })
  host.send('home_screen_added')
}
