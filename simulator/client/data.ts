import type { ClientEvent, InlineButton } from '@/simulator/wire'
import { api } from './api'
import { attempt, currentChat, getState, setState, showNotice } from './store'

export async function refreshPeople(): Promise<void> {
  setState({ people: await api.people() })
}

/** Fetches the current person's chats; an answer for somebody no longer looked at is dropped. */
export async function refreshChats(): Promise<void> {
  const { personId } = getState()
  if (personId === null) return
  const chats = await api.chats(personId)
  if (getState().personId !== personId) return
  const { botId } = getState()
  const known = chats.some((chat) => chat.bot.id === botId)
  setState({ chats, chatsLoaded: true, botId: known ? botId : (chats[0]?.bot.id ?? null) })
}

/** Switches to a person: what belonged to the one before (Mini App, payment) is closed. */
export async function selectPerson(personId: number): Promise<void> {
  const { personId: before, unread } = getState()
  const rest = new Set(unread)
  rest.delete(personId)
  setState({ unread: rest, screen: 'chat' })
  if (before === personId) return
  setState({
    personId,
    chats: [],
    chatsLoaded: false,
    botId: null,
    miniApp: null,
    payment: null,
    starsOpen: false,
    receipt: null,
    alert: null,
    startParam: null,
    waitingCallback: null,
  })
  await attempt(refreshChats)
}

export async function addPerson(firstName: string, stars: number): Promise<number> {
  const person = await api.addPerson({ first_name: firstName, stars })
  await refreshPeople()
  return person.id
}

function here(): { person_id: number; bot_id: number } | null {
  const { personId, botId } = getState()
  return personId === null || botId === null ? null : { person_id: personId, bot_id: botId }
}

export function sendText(text: string): Promise<void> {
  return attempt(async () => {
    const place = here()
    if (!place) return
    await api.send({ ...place, text })
    await refreshChats()
  })
}

/** Presses START: with the parameter of the link that led here, if there was one. */
export async function pressStart(): Promise<void> {
  const { startParam, botId } = getState()
  const value = startParam && startParam.botId === botId ? startParam.value : ''
  setState({ startParam: null })
  await sendText(value ? `/start ${value}` : '/start')
}

export function setBlocked(blocked: boolean): Promise<void> {
  return attempt(async () => {
    const place = here()
    if (!place) return
    await api.block({ ...place, blocked })
    await refreshChats()
  })
}

const CALLBACK_PATIENCE_MS = 15_000

export function callbackKey(messageId: number, button: InlineButton): string {
  return `${messageId}:${button.callback_data ?? ''}`
}

/** Presses a callback button; it shows a spinner until the bot answers or patience ends. */
export function pressCallback(messageId: number, button: InlineButton): Promise<void> {
  const key = callbackKey(messageId, button)
  const release = () => {
    if (getState().waitingCallback === key) setState({ waitingCallback: null })
  }
  return attempt(async () => {
    const place = here()
    if (!place || button.callback_data === undefined) return
    setState({ waitingCallback: key })
    setTimeout(release, CALLBACK_PATIENCE_MS)
    try {
      await api.callback({ ...place, message_id: messageId, data: button.callback_data })
    } catch (error) {
      release()
      throw error
    }
  })
}

/** What happened in chats: the open one is fetched again, those of others get a mark. */
export function onChatEvent(event: Exclude<ClientEvent, { type: 'people' }>): void {
  const { personId, unread } = getState()
  if (event.person_id !== personId) {
    if (event.type === 'chat') setState({ unread: new Set([...unread, event.person_id]) })
    return
  }
  if (event.type === 'chat') {
    void attempt(refreshChats)
    return
  }
  setState({ waitingCallback: null })
  if (!event.text) return
  const title = currentChat(getState())?.bot.first_name ?? ''
  if (event.show_alert) setState({ alert: event.text })
  else showNotice(title ? `${title}: ${event.text}` : event.text)
}
