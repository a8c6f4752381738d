import { isHexColor } from '@/simulator/client/theme'

export type Data = Record<string, unknown>

export type BottomButton = {
  visible: boolean
  active: boolean
  progress: boolean
  text: string
  color: string | null
  textColor: string | null
  shine: boolean
}

export type SecondaryPosition = 'left' | 'right' | 'top' | 'bottom'

export type PopupButton = { id: string; text: string; destructive: boolean }

/** What the host asks over the Mini App; there is one at a time. */
export type HostQuestion =
  | { kind: 'popup'; title: string; message: string; buttons: PopupButton[] }
  | { kind: 'write-access' }
  | { kind: 'phone' }
  | { kind: 'scan'; text: string }
  | { kind: 'home-screen' }
  | { kind: 'close' }

/** What a running Mini App has made of its surroundings. */
export type HostState = {
  ready: boolean
  /** Mobile clients open Mini Apps half high. */
  expanded: boolean
  fullscreen: boolean
  /** The page said that it reloads itself when asked to. */
  canReload: boolean
  backButton: boolean
  settingsButton: boolean
  confirmClose: boolean
  main: BottomButton
  secondary: BottomButton
  secondaryPosition: SecondaryPosition
  /** Colours as `#rrggbb` or as a key of the theme; null is the host's own. */
  headerColor: string | null
  backgroundColor: string | null
  bottomBarColor: string | null
  question: HostQuestion | null
}

const HIDDEN_BUTTON: BottomButton = {
  visible: false,
  active: false,
  progress: false,
  text: '',
  color: null,
  textColor: null,
  shine: false,
}

export const FRESH_HOST: HostState = {
  ready: false,
  expanded: true,
  fullscreen: false,
  canReload: false,
  backButton: false,
  settingsButton: false,
  confirmClose: false,
  main: HIDDEN_BUTTON,
  secondary: HIDDEN_BUTTON,
  secondaryPosition: 'left',
  headerColor: null,
  backgroundColor: null,
  bottomBarColor: null,
  question: null,
}

export function asData(value: unknown): Data {
  return typeof value === 'object' && value !== null ? (value as Data) : {}
}

export function textOf(data: Data, name: string): string {
  const value = data[name]
  return typeof value === 'string' ? value : ''
}

export function colorOf(data: Data, name: string): string | null {
  const value = data[name]
  return isHexColor(value) ? value.toLowerCase() : null
}

/** Each call replaces the whole button: what it leaves out is off. Without text it hides. */
export function readBottomButton(data: Data): BottomButton {
  const text = textOf(data, 'text').trim()
  return {
    visible: data.is_visible === true && text !== '',
    active: data.is_active === true,
    progress: data.is_progress_visible === true,
    text,
    color: colorOf(data, 'color'),
    textColor: colorOf(data, 'text_color'),
    shine: data.has_shine_effect === true,
  }
}

export function readPosition(data: Data): SecondaryPosition {
  const position = data.position
  return position === 'right' || position === 'top' || position === 'bottom' ? position : 'left'
}

const STANDARD_TEXTS: Record<string, string> = { ok: 'OK', close: 'Close', cancel: 'Cancel' }

/** The popup a Mini App described, or null when a real client would refuse it. */
export function readPopup(data: Data): Extract<HostQuestion, { kind: 'popup' }> | null {
  const message = textOf(data, 'message')
  const listed = Array.isArray(data.buttons) ? data.buttons.map(asData) : []
  if (!message.trim() || listed.length === 0 || listed.length > 3) return null
  const buttons = listed.map((button) => {
    const type = textOf(button, 'type')
    return {
      id: textOf(button, 'id'),
      text: STANDARD_TEXTS[type] ?? textOf(button, 'text'),
      destructive: type === 'destructive',
    }
  })
  return { kind: 'popup', title: textOf(data, 'title'), message, buttons }
}
