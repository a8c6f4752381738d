import { createInterface } from 'node:readline'

/**
 * Outlives the command that started it by a moment: reads `+pid` and `-pid` lines, and when the
 * other end is gone without a word (killed, terminal closed) it ends the process groups still listed.
 */
const groups = new Set<number>()

createInterface(process.stdin)
  .on('line', (line) => {
    const pid = Number(line.slice(1))
    if (line.startsWith('+')) groups.add(pid)
    else groups.delete(pid)
  })
  .on('close', () => {
    signalAll('SIGTERM')
    setTimeout(() => signalAll('SIGKILL'), 5000)
  })

// Ctrl-C reaches this process too; it has to stay until the command itself is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

function signalAll(signal: NodeJS.Signals): void {
  for (const group of groups) {
    try {
      process.kill(-group, signal)
    } catch {
      groups.delete(group)
    }
  }
  if (groups.size === 0) process.exit(0)
}
