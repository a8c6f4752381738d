import { execFile, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { z } from 'zod'
import { freePort } from '@/commands/local/ports'

const command = z.array(z.union([z.string(), z.number()]).transform(String)).min(1)
const run = promisify(execFile)

/**
 * A real Redis (Debian's `redis-server`) behind the little of Upstash's REST that the rate limiter
 * speaks: POST of one command as a JSON array, or of several to `/pipeline`.
 */
export async function startLocalUpstash() {
  const redisPort = await freePort()
  const redis = spawn(
    'redis-server',
    ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', ''],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  await new Promise<void>((resolve, reject) => {
    redis.once('error', () =>
      reject(new Error('redis-server is not there: apt-get install redis-server')),
    )
    redis.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve()
    })
  })

  async function execute(words: string[]): Promise<{ result: unknown } | { error: string }> {
    const args = ['-p', String(redisPort), '-e', '--json', ...words]
    try {
      return { result: JSON.parse((await run('redis-cli', args)).stdout) }
    } catch (error) {
      const said = z.object({ stdout: z.string(), stderr: z.string() }).parse(error)
      return { error: (said.stdout || said.stderr).replace(/^\(error\) |^"|"\s*$/g, '').trim() }
    }
  }

  const seen: string[][] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    const isPipeline = request.url === '/pipeline'
    const commands = isPipeline ? z.array(command).parse(body) : [command.parse(body)]
    seen.push(...commands)
    const answers = []
    for (const one of commands) answers.push(await execute(one))
    const [first] = answers
    const status = !isPipeline && first && 'error' in first ? 400 : 200
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isPipeline ? answers : first))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A server on a TCP port has an address object.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    /** Takes Redis away while its address still answers nothing. */
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      redis.kill()
    },
  }
}
