import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { freePort } from './ports'
import { startProcess, untilAnswers } from './processes'

const node = (code: string) => ({ name: 'child', command: process.execPath, args: ['-e', code] })
// In a container the first process may take its time to collect the dead.
const untilReaped = 10_000
const forever = 'setInterval(() => {}, 1000)'

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('processes', () => {
  it('asks a child to end before it uses force', async () => {
    const lines: string[] = []
    const polite = `process.on('SIGTERM', () => { console.log('bye'); process.exit(3) }); console.log('up'); ${forever}`
    const child = startProcess({ ...node(polite), onLine: (line) => lines.push(line) })
    await vi.waitFor(() => expect(lines).toContain('up'))
    await child.stop()
    expect(await child.exited).toBe(3)
    expect(child.lastWords()).toContain('bye')
  })

  it('ends a child that does not listen', async () => {
    const lines: string[] = []
    const deaf = `process.on('SIGTERM', () => {}); console.log('up'); ${forever}`
    const child = startProcess({ ...node(deaf), onLine: (line) => lines.push(line) })
    await vi.waitFor(() => expect(lines).toContain('up'))
    await child.stop(0.2)
    expect(await child.exited).toBe(137)
  })

  it('ends what the child started too', async () => {
    const lines: string[] = []
    const parent = `const { pid } = require('child_process').spawn(process.execPath, ['-e', '${forever}']); console.log(pid); ${forever}`
    const child = startProcess({ ...node(parent), onLine: (line) => lines.push(line) })
    await vi.waitFor(() => expect(Number(lines[0])).toBeGreaterThan(0))
    await child.stop()
    await vi.waitFor(() => expect(isRunning(Number(lines[0]))).toBe(false), untilReaped)
  }, 20_000)

  it('leaves nothing running when the command itself is killed', async () => {
    const processes = fileURLToPath(new URL('./processes.ts', import.meta.url))
    const command = `
      import { startProcess } from ${JSON.stringify(processes)}
      const child = startProcess(${JSON.stringify(node(forever))})
      console.log(child.pid)
      ${forever}`
    const killed = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', command],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const pid = await new Promise<number>((resolve) => {
      createInterface(killed.stdout).once('line', (line) => resolve(Number(line)))
    })
    expect(isRunning(pid)).toBe(true)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), untilReaped)
  }, 20_000)

  it('tells at once, with the last words, when a child ends instead of answering', async () => {
    const child = startProcess(node(`console.error('no such setting'); process.exit(1)`))
    const url = `http://127.0.0.1:${await freePort()}/`
    await expect(untilAnswers(url, child, 30)).rejects.toThrow(
      /ended while starting[\s\S]*no such setting/,
    )
  })
})
