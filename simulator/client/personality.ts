import type { Platform } from '@/simulator/wire'

/** What one of Telegram's clients does that the others do not (`protocol.md`, part C). */
export type Personality = {
  id: Platform
  name: string
  /** One sentence for the person who chooses. */
  peculiar: string
  /** The bridge it speaks: newer methods are unknown to it. */
  version: string
  isWeb: boolean
  isMobile: boolean
  /** Any `web_app_setup_closing_behavior` turns the question on, and nothing turns it off. */
  closingSticks: boolean
  /** Theme, and viewport and safe areas after the buttons moved, are told this much later. */
  calmMs: number
  /** Tells `fullscreen_changed {is_fullscreen: false}` once, unasked. */
  saysNotFullscreen: boolean
  /** After three questions in a row within this time a further one is refused. */
  popupWindowMs: number
  /** A t.me link that the Mini App opens closes it. */
  telegramLinkCloses: boolean
  /** A form that cannot be had is a notice and nothing else; the others report `failed`. */
  isSilentAboutBadForms: boolean
  /** What a sheet that is closed while Stars are being paid reports. */
  closedWhilePaying: 'cancelled' | 'pending'
  /** After a failure the sheet closes, waits to be closed, or may be tried again. */
  afterFailure: 'closes' | 'waits' | 'retries'
  /** An expired form is fetched again without a word. */
  reloadsExpiredForms: boolean
}

const NATIVE = {
  version: '9.1',
  isWeb: false,
  closingSticks: false,
  calmMs: 0,
  saysNotFullscreen: false,
  popupWindowMs: 0,
  telegramLinkCloses: false,
  isSilentAboutBadForms: false,
  closedWhilePaying: 'pending',
  afterFailure: 'waits',
  reloadsExpiredForms: false,
} as const

export const PERSONALITIES: Record<Platform, Personality> = {
  weba: {
    id: 'weba',
    name: 'Web A',
    peculiar: 'Closing always asks once it was set; t.me links close the Mini App.',
    version: '9.1',
    isWeb: true,
    isMobile: false,
    closingSticks: true,
    calmMs: 400,
    saysNotFullscreen: true,
    popupWindowMs: 2000,
    telegramLinkCloses: true,
    isSilentAboutBadForms: true,
    closedWhilePaying: 'cancelled',
    afterFailure: 'closes',
    reloadsExpiredForms: false,
  },
  web: {
    id: 'web',
    name: 'Web K',
    peculiar: 'A failed payment can be tried again; expired forms are fetched anew.',
    version: '9.0',
    isWeb: true,
    isMobile: false,
    closingSticks: false,
    calmMs: 0,
    saysNotFullscreen: false,
    popupWindowMs: 3000,
    telegramLinkCloses: false,
    isSilentAboutBadForms: false,
    closedWhilePaying: 'pending',
    afterFailure: 'retries',
    reloadsExpiredForms: true,
  },
  tdesktop: {
    ...NATIVE,
    id: 'tdesktop',
    name: 'Desktop',
    peculiar: 'Keeps Mini Apps open behind links; a closed payment is pending.',
    isMobile: false,
  },
  android: {
    ...NATIVE,
    id: 'android',
    name: 'Android',
    peculiar: 'Opens half high until expanded; haptics show as a pulse; can scan codes.',
    isMobile: true,
  },
}

export const PLATFORMS: Platform[] = ['weba', 'web', 'tdesktop', 'android']

/** Older clients to try: what they do not know they ignore. */
export const OLD_VERSIONS = ['8.0', '7.10', '6.9', '6.2', '6.0']

/** Number by number: 6.10 is newer than 6.9. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number)
  return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor
}

const PLATFORM_KEY = 'simulator.client'
const VERSION_KEY = 'simulator.version'

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

/** `?platform=android` in the page's address, else the choice made here before. */
export function rememberedPlatform(): Platform {
  const wanted = new URLSearchParams(location.search).get('platform') ?? stored(PLATFORM_KEY)
  return PLATFORMS.find((name) => name === wanted) ?? 'weba'
}

export function rememberPlatform(platform: Platform): void {
  store(PLATFORM_KEY, platform)
}

/** '' is the version of the chosen client. */
export function rememberedVersion(): string {
  const wanted = stored(VERSION_KEY)
  return OLD_VERSIONS.find((version) => version === wanted) ?? ''
}

export function rememberVersion(version: string): void {
  store(VERSION_KEY, version)
}
