import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { conformanceTable } from './table'

/** `tsx simulator/conformance/write-table.ts`: brings README.md in line with the rules. */
writeFileSync(fileURLToPath(new URL('README.md', import.meta.url)), conformanceTable())
