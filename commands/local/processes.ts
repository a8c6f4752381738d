import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export type RunningProcess = {
  name: string
  pid: number
  /** Resolves with the exit code, or 128 and more after a signal. */
  exited: Promise<number>
  hasExited(): boolean
  /** Its last lines, newest last. */
  lastWords(): string
  /** Asks it to end, and after the patience ends the whole process group. */
  stop(patienceSeconds?: number): Promise<void>
  /** SIGKILL to the whole process group, as a power cut would. */
  kill(): Promise<void>
}

export type ProcessOptions = {
  name: string
  command: string
  args: string[]
  env?: Record<string, string>
  cwd?: string
  /** Gets every line; by default lines are only remembered. */
  onLine?: (line: string) => void
}

const rememberedLines = 60

/** Starts a child in a process group of its own, which ends with this process however it ends. */
export function startProcess(options: ProcessOptions): RunningProcess {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${options.name} could not be started: ${options.command}`)
  tellWatchdog(`+${pid}`)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      if (lines.length > rememberedLines) lines.shift()
      options.onLine?.(line)
    })
  }
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  const exited = exitOf(child).then((code) => {
    // What the child itself left running goes with it.
    signalGroup(pid, 'SIGKILL')
    tellWatchdog(`-${pid}`)
    return code
  })
  return {
    name: options.name,
    pid,
    exited,
    hasExited,
    lastWords: () => lines.join('\n'),
    async stop(patienceSeconds = 10) {
      if (hasExited()) return
      child.kill('SIGTERM')
      const giveUp = new AbortController()
      const patience = delay(patienceSeconds * 1000, undefined, { signal: giveUp.signal })
      await Promise.race([exited, patience.catch(() => {})])
      giveUp.abort()
      if (!hasExited()) signalGroup(pid, 'SIGKILL')
      await exited
    },
    async kill() {
      signalGroup(pid, 'SIGKILL')
      await exited
    },
  }
}

/** Starts a TypeScript file of this repository as a single process, without a wrapper around it. */
export function startScript(
  file: string,
  options: Omit<ProcessOptions, 'command' | 'args'> & { args?: string[] },
): RunningProcess {
  const { args = [], ...rest } = options
  return startProcess({
    ...rest,
    command: process.execPath,
    args: ['--import', 'tsx', file, ...args],
  })
}

/** Waits until the address answers with 2xx. Fails at once when the process ends before that. */
export async function untilAnswers(
  url: string,
  child: RunningProcess,
  patienceSeconds: number,
): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000
  let seen = 'nothing listens yet'
  while (Date.now() < deadline) {
    if (child.hasExited()) {
      throw new Error(`${child.name} ended while starting. It said:\n${indent(child.lastWords())}`)
    }
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
      await response.arrayBuffer()
      if (response.ok) return
      seen = `status ${response.status}`
    } catch (error) {
      seen = error instanceof Error ? error.message : String(error)
    }
    await delay(100)
  }
  throw new Error(
    `${child.name} did not become ready in ${patienceSeconds} s (${url}: ${seen}). It said:\n${indent(child.lastWords())}`,
  )
}

/**
 * Runs `stop` once on Ctrl-C, a termination signal or a closed terminal, then leaves. The answer
 * tells whether that has begun.
 */
export function stopOnSignals(stop: () => Promise<void>): () => boolean {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
  return () => isStopping
}

export function indent(text: string): string {
  return text.replace(/^/gm, '    ')
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)))
    child.once('error', () => resolve(127))
  })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone, which is what was wanted.
  }
}

let watchdog: ChildProcess | undefined

function tellWatchdog(line: string): void {
  if (!watchdog) {
    const file = fileURLToPath(new URL('./watchdog.ts', import.meta.url))
    watchdog = spawn(process.execPath, ['--import', 'tsx', file], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    watchdog.stdin?.on('error', () => {})
    watchdog.unref()
    const { stdin } = watchdog
    if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  }
  watchdog.stdin?.write(`${line}\n`)
}
