import type { ClientEvent } from '@/simulator/wire'
import { onChatEvent, refreshChats, refreshPeople, selectPerson } from './data'
import { follow } from './events'
import { openTelegramLink } from './links'
import { readRoute, replaceWithPerson } from './route'
import { attempt, getState, setState } from './store'
import { currentTheme, onSystemTheme, rememberTheme, showTheme, type ThemeName } from './theme'

const isPhone = () => matchMedia('(max-width: 700px)').matches

function exists(personId: number): boolean {
  return getState().people?.some((person) => person.id === personId) ?? false
}

async function openLinkAs(personId: number, rest: string): Promise<void> {
  setState({ linkToOpen: null })
  replaceWithPerson(personId)
  await selectPerson(personId)
  await openTelegramLink(`https://t.me/${rest.replace(/^\/+/, '')}`)
}

/** Makes the page show what the address says. */
async function followRoute(): Promise<void> {
  const route = readRoute()
  const { people, personId } = getState()
  if (route.page === 'link') {
    if (personId === null) setState({ linkToOpen: route.rest })
    else await openLinkAs(personId, route.rest)
    return
  }
  setState({ linkToOpen: null })
  if (route.page === 'person' && exists(route.id)) {
    await selectPerson(route.id)
    return
  }
  const first = people?.[0]
  if (isPhone() || !first) {
    setState({ screen: 'people' })
    return
  }
  replaceWithPerson(personId ?? first.id)
  await selectPerson(personId ?? first.id)
}

/** The answer to "who opens this link?". */
export async function choosePersonForLink(personId: number): Promise<void> {
  const { linkToOpen } = getState()
  if (linkToOpen !== null) await openLinkAs(personId, linkToOpen)
}

export async function dismissLink(): Promise<void> {
  replaceWithPerson(null)
  await followRoute()
}

/** Newly appeared people may be what the address (or a wide screen) was waiting for. */
async function peopleChanged(): Promise<void> {
  if (getState().personId === null && getState().linkToOpen === null) await followRoute()
}

export function switchTheme(theme: ThemeName): void {
  rememberTheme(theme)
  showTheme(theme)
  setState({ theme })
}

export function start(): void {
  showTheme(currentTheme())
  onSystemTheme((theme) => {
    showTheme(theme)
    setState({ theme })
  })
  addEventListener('hashchange', () => void followRoute())
  follow<ClientEvent>('/client/events', {
    onEvent: (event) => {
      if (event.type === 'people') void attempt(refreshPeople).then(peopleChanged)
      else onChatEvent(event)
    },
    onConnected: () => {
      setState({ online: true })
      void attempt(async () => {
        const first = getState().people === null
        await refreshPeople()
        if (first) await followRoute()
        else await refreshChats()
      })
    },
    onLost: () => setState({ online: false }),
  })
}
