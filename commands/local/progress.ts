const isTerminal = process.stdout.isTTY === true
const paint = (code: number) => (text: string) =>
  isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text

export const bold = paint(1)
export const dim = paint(2)
export const red = paint(31)
export const green = paint(32)
export const cyan = paint(36)

/** Runs one step of a command and shows its name, outcome and duration on one line. */
export async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const duration = () => dim(`${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  if (isTerminal) process.stdout.write(`  … ${name}`)
  const finish = (sign: string) => {
    process.stdout.write(`${isTerminal ? '\r\u001b[K' : ''}  ${sign} ${name}  ${duration()}\n`)
  }
  try {
    const result = await run()
    finish(green('✓'))
    return result
  } catch (error) {
    finish(red('✗'))
    throw error
  }
}

/** Runs a command's main function; a failure becomes a sentence and exit code 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    process.stderr.write(`\n${red(explain(error))}\n`)
    process.exit(1)
  }
}

/** What went wrong and what to do about it, in a person's words. */
export function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  if (/ENOSPC|No space left on device/i.test(text)) {
    return `The disk is full. Free some space (a few hundred megabytes are enough) and start again.\n${text}`
  }
  if (/EACCES|EPERM/.test(text)) {
    return `${text}\nThis user may not write there. Run the command as the owner of this folder.`
  }
  return text
}
