export type ThemeName = 'light' | 'dark'

const STORAGE_KEY = 'simulator.theme'

/** The colours handed to Mini Apps; the page itself uses the same ones (styles.css). */
const THEME_PARAMS: Record<ThemeName, Record<string, string>> = {
  light: {
    bg_color: '#ffffff',
    secondary_bg_color: '#f1f2f7',
    text_color: '#1c1d26',
    hint_color: '#656879',
    link_color: '#4b48c8',
    button_color: '#5552d4',
    button_text_color: '#ffffff',
    header_bg_color: '#ffffff',
    bottom_bar_bg_color: '#ffffff',
    section_bg_color: '#ffffff',
    section_separator_color: '#e3e4ec',
    accent_text_color: '#4b48c8',
    section_header_text_color: '#5552d4',
    subtitle_text_color: '#656879',
    destructive_text_color: '#c4263a',
  },
  dark: {
    bg_color: '#1c1d27',
    secondary_bg_color: '#13141b',
    text_color: '#f2f2f7',
    hint_color: '#9fa1b5',
    link_color: '#aeabff',
    button_color: '#9c99ff',
    button_text_color: '#15161d',
    header_bg_color: '#1c1d27',
    bottom_bar_bg_color: '#1c1d27',
    section_bg_color: '#232430',
    section_separator_color: '#2f3140',
    accent_text_color: '#aeabff',
    section_header_text_color: '#aeabff',
    subtitle_text_color: '#9fa1b5',
    destructive_text_color: '#ff8591',
  },
}

const prefersDark = () => matchMedia('(prefers-color-scheme: dark)')

export function themeParams(theme: ThemeName): Record<string, string> {
  return THEME_PARAMS[theme]
}

function rememberedTheme(): ThemeName | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return stored === 'light' || stored === 'dark' ? stored : null
  } catch {
    return null
  }
}

/** The person's choice, or what the system prefers. */
export function currentTheme(): ThemeName {
  return rememberedTheme() ?? (prefersDark().matches ? 'dark' : 'light')
}

export function showTheme(theme: ThemeName): void {
  document.documentElement.dataset.theme = theme
}

export function rememberTheme(theme: ThemeName): void {
  try {
    localStorage.setItem(STORAGE_KEY, theme)
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}

/** Tells when the system changes its mind and nobody chose a theme here. */
export function onSystemTheme(listener: (theme: ThemeName) => void): void {
  prefersDark().addEventListener('change', () => {
    if (!rememberedTheme()) listener(currentTheme())
  })
}

const HEX_COLOR = /^#[0-9a-f]{6}$/i

export function isHexColor(value: unknown): value is string {
  return typeof value === 'string' && HEX_COLOR.test(value)
}

/** Black or white, whichever is easier to read on the given colour. */
export function readableOn(color: string): string {
  const channel = (start: number) => Number.parseInt(color.slice(start, start + 2), 16) / 255
  const linear = (value: number) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  const luminance =
    0.2126 * linear(channel(1)) + 0.7152 * linear(channel(3)) + 0.0722 * linear(channel(5))
  return luminance > 0.18 ? '#15161d' : '#ffffff'
}
