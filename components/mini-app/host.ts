import {
  bindViewportCssVars,
  closeMiniApp,
  disableClosingConfirmation,
  enableClosingConfirmation,
  expandViewport,
  hapticFeedbackNotificationOccurred,
  hapticFeedbackSelectionChanged,
  hideBackButton,
  init,
  miniAppReady,
  mountBackButton,
  mountClosingBehavior,
  mountMainButton,
  mountMiniAppSync,
  mountSettingsButton,
  mountViewport,
  on,
  onBackButtonClick,
  onMainButtonClick,
  onSettingsButtonClick,
  openInvoice,
  openLink,
  postEvent,
  requestWriteAccess,
  retrieveLaunchParams,
  retrieveRawInitData,
  setMainButtonParams,
  setMiniAppBackgroundColor,
  setMiniAppBottomBarColor,
  setMiniAppHeaderColor,
  showBackButton,
  showSettingsButton,
  supports,
  targetOrigin,
  themeParamsState,
} from '@telegram-apps/sdk-react'
import { applyTheme } from './apply-theme'
import { chooseParentOrigin } from './parent-origin'
import type { HostStatus } from './purchase'
import { provideSessionStorage } from './session-storage'

/** How the Mini App was opened: by whom, and what stands around it. */
export type Launch = {
  /** Raw, exactly as Telegram signed it. */
  initData: string
  userId: number
  /** The bot may already write to this person. */
  mayWrite: boolean
  startParam: string | null
  /** False when opened in a plain browser with launch data: nobody draws buttons there. */
  hasHost: boolean
}

export type MainButton = { text: string; isVisible: boolean; isEnabled: boolean; isBusy: boolean }

const originKey = 'starpass.parent'

/** Null outside Telegram. Call it once, before anything changes the address. */
export function startHost(allowedOrigins: readonly string[]): Launch | null {
  provideSessionStorage(window)
  const launch = readLaunch()
  if (!launch) return null
  if (launch.hasHost) connect(allowedOrigins)
  return launch
}

function readLaunch(): Launch | null {
  try {
    const initData = retrieveRawInitData()
    const params = retrieveLaunchParams()
    const user = params.tgWebAppData?.user
    if (!initData || !user) return null
    return {
      initData,
      userId: user.id,
      mayWrite: user.allows_write_to_pm === true,
      startParam: params.tgWebAppData?.start_param ?? params.tgWebAppStartParam ?? null,
      hasHost: hasBridge() && supports('web_app_setup_main_button', params.tgWebAppVersion),
    }
  } catch {
    return null
  }
}

function hasBridge(): boolean {
  return (
    window.parent !== window ||
    'TelegramWebviewProxy' in window ||
    'notify' in (window.external ?? {})
  )
}

function connect(allowedOrigins: readonly string[]): void {
  // By default the SDK posts to https://web.telegram.org, and other hosts would hear nothing.
  const parent = chooseParentOrigin(
    {
      ancestor: location.ancestorOrigins?.[0],
      referrer: document.referrer,
      remembered: sessionStorage.getItem(originKey),
    },
    allowedOrigins,
  )
  if (parent && window.parent !== window) {
    sessionStorage.setItem(originKey, parent)
    targetOrigin.set(parent)
  }
  // Injected styles would be refused by our content security policy.
  init({ acceptCustomStyles: false })
  attempt(() => mountMiniAppSync.ifAvailable())
  themeParamsState.sub(() => applyTheme(themeParamsState()))
  // After a reload the colours at hand may be old.
  attempt(() => postEvent('web_app_request_theme'))
  for (const mount of [
    mountMainButton,
    mountBackButton,
    mountSettingsButton,
    mountClosingBehavior,
  ]) {
    attempt(() => mount.ifAvailable())
  }
  for (const paint of [
    setMiniAppHeaderColor,
    setMiniAppBackgroundColor,
    setMiniAppBottomBarColor,
  ]) {
    attempt(() => paint.ifAvailable('secondary_bg_color'))
  }
  attempt(() => miniAppReady.ifAvailable())
  attempt(() => expandViewport.ifAvailable())
  mountViewport({ timeout: 5000 }).then(
    () => attempt(() => bindViewportCssVars.ifAvailable()),
    () => undefined,
  )
}

/** Old clients lack methods, and an SDK that throws must not take the page with it. */
function attempt(action: () => unknown): void {
  try {
    action()
  } catch (error) {
    console.warn('Telegram did not take a call', error)
  }
}

export function setMainButton(button: MainButton): void {
  const { text, isVisible, isEnabled, isBusy } = button
  attempt(() =>
    setMainButtonParams.ifAvailable({ text, isVisible, isEnabled, isLoaderVisible: isBusy }),
  )
}

/** The main button's colours are sent, not referred to: they have to follow the theme. */
export function onThemeChange(listener: () => void): () => void {
  return themeParamsState.sub(listener)
}

export const onMainButton = (press: () => void) => onMainButtonClick(press)
export const onBackButton = (press: () => void) =>
  onBackButtonClick.isAvailable() ? onBackButtonClick(press) : () => undefined

export function setBackButton(isVisible: boolean): void {
  attempt(() => (isVisible ? showBackButton : hideBackButton).ifAvailable())
}

/** Shows ⋮ → Settings and calls back when it is chosen. */
export function onSettings(open: () => void): () => void {
  attempt(() => showSettingsButton.ifAvailable())
  return onSettingsButtonClick.isAvailable() ? onSettingsButtonClick(open) : () => undefined
}

export function setClosingConfirmation(isOn: boolean): void {
  attempt(() => (isOn ? enableClosingConfirmation : disableClosingConfirmation).ifAvailable())
}

export function feel(what: 'selection' | 'success' | 'error'): void {
  attempt(() =>
    what === 'selection'
      ? hapticFeedbackSelectionChanged.ifAvailable()
      : hapticFeedbackNotificationOccurred.ifAvailable(what),
  )
}

/** Opens the payment window. The host's word comes through `onInvoiceClosed`, or never. */
export function showInvoice(link: string, hasHost: boolean, abortSignal: AbortSignal): void {
  if (!hasHost || !openInvoice.isAvailable()) {
    attempt(() => window.open(link, '_blank', 'noopener'))
    return
  }
  attempt(() => openInvoice(link, 'url', { abortSignal }).catch(() => undefined))
}

/** Listens past the SDK's call, so that a word about an aborted one is heard as well. */
export function onInvoiceClosed(listener: (slug: string, status: HostStatus) => void): () => void {
  return on('invoice_closed', ({ slug, status }) => {
    listener(slug, isHostStatus(status) ? status : 'failed')
  })
}

function isHostStatus(status: string): status is HostStatus {
  return ['paid', 'pending', 'cancelled', 'failed'].includes(status)
}

/** What the host calls the invoice of a link such as `https://t.me/$slug`. */
export function slugOf(link: string): string {
  return /(?:\$|invoice\/)([\w=-]+)$/.exec(link)?.[1] ?? ''
}

export async function askWriteAccess(): Promise<boolean> {
  try {
    return (await requestWriteAccess()) === 'allowed'
  } catch {
    return false
  }
}

/** Leaves the app for a page that may not be framed, such as the terms. */
export function openOutside(path: string): void {
  attempt(() => openLink.ifAvailable(new URL(path, location.origin)))
}

export function closeApp(): void {
  attempt(() => closeMiniApp.ifAvailable())
}
