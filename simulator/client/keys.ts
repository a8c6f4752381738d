/**
 * Keys for a list whose items have no ids of their own: their names, numbered where one repeats.
 */
export function withKeys<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): { key: string; item: T }[] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const name = nameOf(item)
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return { key: count === 1 ? name : `${name}#${count}`, item }
  })
}
