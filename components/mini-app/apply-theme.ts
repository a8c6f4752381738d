/** Telegram's colours, such as `bg_color: '#ffffff'`. They come from outside: nothing is sure. */
export type ThemeColors = { readonly [key: string]: unknown }

/**
 * Puts Telegram's colours on the page as `--tg-theme-*`, and light or dark by the background.
 * Self-contained, because its source also runs inline before the first paint.
 */
export function applyTheme(colors: ThemeColors): void {
  const root = document.documentElement
  for (const [key, color] of Object.entries(colors)) {
    // Launch data is attacker-controlled: nothing but a plain colour gets into the style.
    if (!/^[a-z_]+$/.test(key) || !/^#[0-9a-f]{6}$/i.test(String(color))) continue
    root.style.setProperty(`--tg-theme-${key.replaceAll('_', '-')}`, String(color))
  }
  const background = String(colors.bg_color ?? '')
  if (!/^#[0-9a-f]{6}$/i.test(background)) return
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(background.slice(at, at + 2), 16),
  )
  const isDark = red * 0.299 + green * 0.587 + blue * 0.114 < 120
  root.dataset.theme = isDark ? 'dark' : 'light'
}
