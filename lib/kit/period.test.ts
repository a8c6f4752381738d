import { describe, expect, it } from 'vitest'
import { addDays, addSeconds, fromUnix, later, toUnix } from './period'

const noon = new Date('2026-11-23T12:00:00.000Z')

describe('periods', () => {
  it('adds whole days and seconds, forwards and backwards, and leaves what it was given', () => {
    expect(addDays(noon, 30).toISOString()).toBe('2026-12-23T12:00:00.000Z')
    expect(addDays(noon, -1).toISOString()).toBe('2026-11-22T12:00:00.000Z')
    expect(addSeconds(noon, 90).toISOString()).toBe('2026-11-23T12:01:30.000Z')
    expect(addSeconds(noon, -1).toISOString()).toBe('2026-11-23T11:59:59.000Z')
    expect(noon.toISOString()).toBe('2026-11-23T12:00:00.000Z')
  })

  it('takes the later of two moments', () => {
    const next = addSeconds(noon, 1)
    expect(later(noon, next)).toBe(next)
    expect(later(next, noon)).toBe(next)
  })

  it('counts seconds as Telegram does, and leaves out parts of one', () => {
    expect(toUnix(noon)).toBe(1_795_435_200)
    expect(toUnix(new Date(noon.getTime() + 999))).toBe(1_795_435_200)
    expect(fromUnix(1_795_435_200)).toEqual(noon)
  })
})
