import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MoneyCall, MoneyReply, MoneyRequest } from './money-worker'

const file = fileURLToPath(new URL('./money-worker.ts', import.meta.url))

export type MoneyWorkers = {
  count: number
  /** Lets one of the processes call a verb. */
  call(worker: number, call: MoneyCall): Promise<MoneyReply>
  stop(): Promise<void>
}

/** Several processes of ours on one database, with the environment of this one. */
export function startMoneyWorkers(count: number, env: Record<string, string>): MoneyWorkers {
  const waiting = new Map<number, (reply: MoneyReply) => void>()
  let calls = 0
  const workers = Array.from({ length: count }, () => startOne(env, waiting))
  return {
    count,
    call: (worker, call) =>
      new Promise((resolve, reject) => {
        calls += 1
        const request: MoneyRequest = { id: calls, call }
        const child = workers[worker % count]
        if (!child?.connected) return reject(new Error('a worker process ended by itself'))
        waiting.set(request.id, resolve)
        child.send(request)
      }),
    async stop() {
      await Promise.all(
        workers.map(async (child) => {
          if (child.exitCode !== null) return
          const exited = once(child, 'exit')
          child.kill('SIGKILL')
          await exited
        }),
      )
    },
  }
}

function startOne(
  env: Record<string, string>,
  waiting: Map<number, (reply: MoneyReply) => void>,
): ChildProcess {
  const child = fork(file, {
    execArgv: ['--import', 'tsx'],
    // Keeps dates what they are on the way.
    serialization: 'advanced',
    env: { ...process.env, ...env },
  })
  child.on('message', (reply: MoneyReply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  child.on('exit', () => {
    for (const [id, resolve] of waiting) resolve({ id, problem: 'the worker process ended' })
    waiting.clear()
  })
  return child
}
