import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { freePort, portFrom, requireFreePort } from './ports'

afterEach(() => {
  delete process.env.SOME_PORT
})

describe('ports', () => {
  it('says which variable moves a port that is taken', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    await expect(requireFreePort(port, 'SOME_PORT')).rejects.toThrow(
      `Port ${port} is taken by another program. Stop that program, or choose another port: SOME_PORT=${port + 1}`,
    )
    other.close()
    await once(other, 'close')
    await expect(requireFreePort(port, 'SOME_PORT')).resolves.toBeUndefined()
  })

  it('takes the usual port while the variable is not set', () => {
    expect(portFrom('SOME_PORT', 3000)).toBe(3000)
    process.env.SOME_PORT = '4321'
    expect(portFrom('SOME_PORT', 3000)).toBe(4321)
  })

  it.each(['abc', '0', '70000', '80.5'])('refuses %s', (text) => {
    process.env.SOME_PORT = text
    expect(() => portFrom('SOME_PORT', 3000)).toThrow(`SOME_PORT is "${text}"`)
  })
})
