import { beforeEach, describe, expect, it } from 'vitest'
import { takeLocally } from './rate-limit'

let key = ''
beforeEach(() => {
  key = String(Math.random())
})
const at = (seconds: number) => takeLocally('invoices', key, 1_000_000_000_000 + seconds * 1000)

describe('the limit inside a process', () => {
  it('allows five attempts in a sliding minute', () => {
    for (const second of [0, 10, 20, 30, 40]) expect(at(second).allowed).toBe(true)
    expect(at(50)).toEqual({ allowed: false, retryAfterSeconds: 10 })
    expect(at(60).allowed).toBe(true)
    expect(at(61)).toEqual({ allowed: false, retryAfterSeconds: 9 })
  })

  it('does not punish refused attempts', () => {
    for (let i = 0; i < 5; i++) at(0)
    for (let i = 1; i < 60; i++) expect(at(i).allowed).toBe(false)
    expect(at(60).allowed).toBe(true)
  })

  it('counts people apart', () => {
    for (let i = 0; i < 5; i++) at(0)
    expect(takeLocally('invoices', `${key}x`, 1_000_000_000_000).allowed).toBe(true)
  })
})
