import { describe, expect, it } from 'vitest'
import { botMessages } from './bot'
import { reminderMessages } from './reminders'

const until = new Date('2100-02-01T10:30:00Z')
const span = { startsAt: new Date('2100-01-01T10:00:00Z'), expiresAt: until }
const { renewalFailed, renewalFailedEnded } = reminderMessages

describe('a renewal that could not be charged', () => {
  it('names the Stars that are missing', () => {
    expect(renewalFailed.stars('Gold', until)).toBe(
      'Gold could not be renewed: there were not enough Stars. It works until 1 February 2100, 10:30 UTC. Top up your Stars to keep it; Telegram tries again.',
    )
    expect(renewalFailed.stars('Gold', null)).not.toContain('It works until')
    expect(renewalFailedEnded.stars('Gold')).toContain('not enough Stars, and has ended')
    expect(botMessages.account.grace.stars('Gold', span)).toBe(
      '• Gold: was to renew on 1 February 2100; please check your Stars',
    )
  })

  it('names the card that could not be charged', () => {
    expect(renewalFailed.stripe('Gold', until)).toBe(
      'Gold could not be renewed: your card could not be charged. It works until 1 February 2100, 10:30 UTC. The card is tried again in the next days; there may be too little on it, or your bank may have to allow the charge.',
    )
    expect(renewalFailed.stripe('Gold', null)).not.toContain('It works until')
    expect(renewalFailedEnded.stripe('Gold')).toContain('could not be charged, and has ended')
    expect(botMessages.account.grace.stripe('Gold', span)).toBe(
      '• Gold: was to renew on 1 February 2100; your card has not been charged yet',
    )
  })

  it('is told inside Telegram without Stars that have nothing to do with it, and no way to pay elsewhere', () => {
    const told = [
      renewalFailed.stripe('Gold', until),
      renewalFailedEnded.stripe('Gold'),
      botMessages.account.grace.stripe('Gold', span),
    ]
    for (const text of told) expect(text).not.toMatch(/Star|https?:|Stripe|browser|website|portal/i)
  })
})
