import { startPostgres } from './postgres'

/** The process around a local PostgreSQL; see `database-server.ts`, which starts it. */
const [dataFolder, port, speed] = process.argv.slice(2)
try {
  if (!dataFolder || !port) throw new Error('usage: postgres-main <data folder> <port> [fast]')
  const server = await startPostgres({
    dataFolder,
    port: Number(port),
    unsafeButFast: speed === 'fast',
  })
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await server.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  // Whoever started this holds the other end; when that process is gone, however it went, so is this.
  process.stdin.on('end', stop).on('error', stop).resume()
  process.stdout.write('ready\n')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
