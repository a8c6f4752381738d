/** Our mark, the same drawing as public/icon.svg: a ticket with a star. */
export function Mark({ size }: { size: number }) {
  return (
    // biome-ignore lint/performance/noImgElement: a small vector drawing needs no optimiser.
    <img src="/icon.svg" width={size} height={size} alt="" />
  )
}
