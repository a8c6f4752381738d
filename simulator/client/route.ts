export type Route =
  | { page: 'home' }
  | { page: 'person'; id: number }
  | { page: 'link'; rest: string }

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function readRoute(): Route {
  const hash = location.hash
  const person = /^#\/p\/(\d+)$/.exec(hash)
  if (person) return { page: 'person', id: Number(person[1]) }
  if (hash.startsWith('#/link/'))
    return { page: 'link', rest: decode(hash.slice('#/link/'.length)) }
  return { page: 'home' }
}

export function goToPerson(id: number): void {
  location.hash = `#/p/${id}`
}

export function goHome(): void {
  location.hash = '#/'
}

/** Changes the address without a new history entry and without a `hashchange`. */
export function replaceWithPerson(id: number | null): void {
  history.replaceState(null, '', id === null ? '#/' : `#/p/${id}`)
}
