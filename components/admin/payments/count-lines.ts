const quote = 34
const lineFeed = 10

/** Counts the rows of a CSV that comes in parts: lines outside of quotes, without the header. */
export function countLines() {
  let lines = 0
  let isQuoted = false
  return {
    take(part: Uint8Array): void {
      for (const byte of part) {
        if (byte === quote) isQuoted = !isQuoted
        else if (byte === lineFeed && !isQuoted) lines += 1
      }
    },
    rows: () => Math.max(0, lines - 1),
  }
}
