import encodeQR from 'qr'
import styles from './qr-code.module.css'

const border = 4

/** A QR code drawn on the server; dark on white in both schemes, because scanners want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { border })
  return (
    <svg
      className={styles.code}
      viewBox={`0 -0.5 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={rows.map(drawRow).join('')} />
    </svg>
  )
}

/** A line through the dark stretches of a row, told by their lengths: a page carries it twice. */
function drawRow(row: readonly boolean[], y: number): string {
  let end = 0
  const lines = runs(row).map(([start, length], index) => {
    const gap = start - end
    end = start + length
    return index === 0 ? `M${start} ${y}h${length}` : `m${gap} 0h${length}`
  })
  return lines.join('')
}

/** Where dark stretches of a row begin, and how long they are. */
function runs(row: readonly boolean[]): [start: number, length: number][] {
  const found: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    const last = found.at(-1)
    if (!isDark) continue
    if (last && last[0] + last[1] === x) last[1] += 1
    else found.push([x, 1])
  }
  return found
}
