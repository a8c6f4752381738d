/** The list with this code one place further up or down; the same list at its end. */
export function moved(codes: readonly string[], code: string, direction: 'up' | 'down'): string[] {
  const ordered = [...codes]
  const from = ordered.indexOf(code)
  const to = from + (direction === 'up' ? -1 : 1)
  const other = ordered[to]
  if (from < 0 || other === undefined) return ordered
  ordered[to] = code
  ordered[from] = other
  return ordered
}
