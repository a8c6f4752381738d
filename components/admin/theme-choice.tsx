'use client'

import { useState } from 'react'
import { adminMessages } from '@/lib/messages/admin'
import styles from './theme-choice.module.css'
import { type ThemeName, themeCookie, themeNames } from './themes'

const yearSeconds = 365 * 24 * 3600

export function ThemeChoice({ initial }: { initial: ThemeName }) {
  const [theme, setTheme] = useState(initial)
  const { label, ...names } = adminMessages.theme
  return (
    <label className={styles.choice}>
      {label}
      <select
        value={theme}
        onChange={(event) => {
          const chosen = themeNames.find((name) => name === event.target.value) ?? 'system'
          setTheme(chosen)
          show(chosen)
        }}
      >
        {themeNames.map((name) => (
          <option key={name} value={name}>
            {names[name]}
          </option>
        ))}
      </select>
    </label>
  )
}

function show(theme: ThemeName): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${themeCookie}=${theme}; path=/admin; max-age=${yearSeconds}; samesite=lax`
}
