/** Every order of that many things, by their places. */
export function permutations(count: number): number[][] {
  if (count === 0) return [[]]
  return permutations(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, place) => [
      ...order.slice(0, place),
      count - 1,
      ...order.slice(place),
    ]),
  )
}
