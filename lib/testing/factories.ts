import type { PersonActor, Profile } from '@/lib/kit/actor'

let people = 0

/** Someone Telegram knows. Every call is another person, with an id that needs more than 32 bits. */
export function makeProfile(overrides: Partial<Profile> = {}): Profile {
  people += 1
  return {
    telegramUserId: 5_000_000_000 + people,
    firstName: `Person ${people}`,
    lastName: null,
    username: `person_${people}`,
    languageCode: 'en',
    ...overrides,
  }
}

/** The same person as an actor who proved who they are. */
export function makePerson(overrides: Partial<Profile> = {}): PersonActor {
  return { kind: 'person', ...makeProfile(overrides) }
}
