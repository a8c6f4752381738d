import { describe, expect, it } from 'vitest'
import { runProblem, updatesWaiting } from './admin-health'

describe('why a comparison did not do everything', () => {
  it.each([
    ['1 rows could not be taken over', /^One row /],
    ['3 rows could not be taken over', /^3 rows /],
    ["GrammyError: Call to 'getStarTransactions' failed! (429: Too Many Requests)", /to wait/],
    ["GrammyError: Call to 'getStarTransactions' failed! (401: Unauthorized)", /token/],
    ["GrammyError: Call to 'getStarTransactions' failed! (502: Bad Gateway)", /did not answer/],
    ["HttpError: Network request for 'getStarTransactions' failed!", /did not answer/],
    ['TypeError: x is not a function', /log of the worker/],
  ])('is said in words: %s', (problem, words) => {
    expect(runProblem(problem)).toMatch(words)
  })
})

describe('the message about updates in review', () => {
  const one = {
    id: '0198c7a2-7f2e-7000-8000-000000000001',
    update_id: 7,
    kind: 'message',
    reason: 'handler_failed',
    received_at: '2026-06-15T12:00:00.000Z',
  }

  it('names the only one, and the oldest of many', () => {
    expect(updatesWaiting([one])).toMatch(/^An update .*\nIt is message: handler failed\.$/)
    expect(updatesWaiting([one, one])).toMatch(/^2 updates .*\nThe oldest is message/)
  })
})
