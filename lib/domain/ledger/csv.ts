/**
 * A cell that a spreadsheet could take for a formula, also behind spaces and control characters, or
 * that begins like a guarded one. A regular expression of PostgreSQL.
 */
export const risky = String.raw`^([[:space:][:cntrl:]\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\ufeff]*[-=+@\uff1d\uff0b\uff0d\uff20]|[\t\r\n']|[[:cntrl:]])`

/**
 * What was in a cell before the export guarded it: a text that a spreadsheet could take for a formula
 * is written behind one apostrophe.
 */
export function unguarded(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell
}
