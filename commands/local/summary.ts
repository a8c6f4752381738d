import type { Outcome } from './checks'
import { bold, dim, green, red } from './progress'

/** Prints one line per runner and, as the last line, the sum. Sets the exit code. */
export function summarise(outcomes: Outcome[]): void {
  const width = Math.max(...outcomes.map(({ name }) => name.length))
  console.log(`\n${bold('Summary')}`)
  for (const { name, passed, failed, seconds } of outcomes) {
    const sign = failed === 0 ? green('✓') : red('✗')
    const counts = `${passed} passed, ${failed} failed`
    console.log(
      `  ${sign} ${name.padEnd(width)}  ${counts.padEnd(24)}${dim(`${seconds.toFixed(1)} s`)}`,
    )
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
  if (failed > 0 || passed === 0) process.exitCode = 1
  console.log(`\n${passed} passed, ${failed} failed`)
}
