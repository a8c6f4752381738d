import type { MiniAppSession } from '@/simulator/client/store'

/** What Mini Apps keep with their host: in this browser, per person and bot. */

type Place = 'cloud' | 'device' | 'secure' | 'contact' | 'home'
type Owner = Pick<MiniAppSession, 'personId' | 'botId'>

function keyOf(place: Place, { personId, botId }: Owner): string {
  return `simulator.${place}.${botId}.${personId}`
}

/** For browsers that refuse storage: kept as long as the page. */
const memory = new Map<string, string>()

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return memory.get(key) ?? null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    memory.set(key, value)
  }
}

export function readStore(place: Place, owner: Owner): Map<string, string> {
  try {
    const parsed: unknown = JSON.parse(read(keyOf(place, owner)) ?? '{}')
    const entries = Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {})
    return new Map(entries.map(([key, value]) => [key, String(value)]))
  } catch {
    return new Map()
  }
}

export function writeStore(place: Place, owner: Owner, values: Map<string, string>): void {
  write(keyOf(place, owner), JSON.stringify(Object.fromEntries(values)))
}

export function isOnHomeScreen(owner: Owner): boolean {
  return readStore('home', owner).has('added')
}

export function putOnHomeScreen(owner: Owner): void {
  writeStore('home', owner, new Map([['added', 'yes']]))
}
