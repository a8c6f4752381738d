import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countLines } from './count-lines'

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

describe('countLines', () => {
  it('counts the rows of any file, however it is cut into parts', () => {
    const cells = fc.string({ unit: fc.constantFrom('"', '\n', '\r', ',', 'ä', 'x') })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cells, cells)),
        fc.integer({ min: 1, max: 9 }),
        (rows, size) => {
          const lines = [['a', 'b'], ...rows].map((row) => `${row.map(quoted).join(',')}\n`)
          const bytes = new TextEncoder().encode(lines.join(''))
          const counted = countLines()
          for (let at = 0; at < bytes.length; at += size) counted.take(bytes.slice(at, at + size))
          expect(counted.rows()).toBe(rows.length)
        },
      ),
    )
  })

  it('counts nothing before the header has come', () => {
    expect(countLines().rows()).toBe(0)
  })
})
