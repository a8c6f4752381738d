import { expect, it } from 'vitest'
import { settings } from '@/lib/domain/settings/schema'
import { contrastOf, daysIn, shownAccent } from './form-values'

it('measures the colour that the scheme would show', () => {
  expect(contrastOf({ accent: '#ffffff', accentDark: '' }, 'light')).toBeCloseTo(1)
  expect(contrastOf({ accent: '#ffffff', accentDark: '' }, 'dark')).toBeGreaterThan(14)
})

it('shows our own colour while one is half typed', () => {
  expect(shownAccent({ accent: '#12', accentDark: '' }, 'light')).toBe('#3567dc')
})

it('leaves words among the days for the schema to refuse', () => {
  expect(settings.reminderDays.safeParse(daysIn('7, 3')).success).toBe(true)
  expect(settings.reminderDays.safeParse(daysIn('7, soon')).success).toBe(false)
})
