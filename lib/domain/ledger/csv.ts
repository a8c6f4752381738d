// Classes of characters that mean the same in regular expressions of PostgreSQL, whatever its locale,
// which guards, and in those of JavaScript, which take the guard away.
const formula = String.raw`-=+@\uff1d\uff0b\uff0d\uff20`
const control = String.raw`\u0001-\u001f\u007f-\u009f`
const blank = String.raw`${control} \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\ufeff`
const end = String.raw`;,|${control}\u2028\u2029`

/** What another dialect of CSV may take for the end of a cell. */
export const mayEnd = `[${end}]`

/** The beginning of a cell that a spreadsheet could take for a formula, or that looks like a guard. */
export const riskyStart = `^(["${blank}]*[${formula}]|[${control}'])`

/**
 * A formula's first character behind such an end: where commas stand in numbers, spreadsheets split a
 * file at its semicolons and heed no quotes in the middle of what they take for a cell.
 */
export const riskyInside = `([${end}]["${blank}]*'*)([${formula}])`

const guardInside = new RegExp(`([${end}]["${blank}]*'*)'(?=[${formula}])`, 'g')

/**
 * What was in a cell before the export guarded it: one apostrophe stands before a text, and before
 * each place inside it, that a spreadsheet could take for a formula.
 */
export function unguarded(cell: string): string {
  const text = cell.startsWith("'") ? cell.slice(1) : cell
  return text.replaceAll(guardInside, '$1')
}
