import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@/commands/local/ports'
import { makeSecrets } from '@/commands/local/secrets'
import { createStack, type Stack, stackDatabaseUrl } from '@/commands/local/stack'
import { type DatabaseProxy, startDatabaseProxy } from './database-proxy'

export type LocalStack = Stack & {
  /** The app's line to its database, which a test may cut. */
  databaseLine: DatabaseProxy
  remove(): Promise<void>
}

/** A stack of its own on free ports, with an empty database that nobody keeps. */
export async function openLocalStack(): Promise<LocalStack> {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-e2e-'))
  const ports = { app: await freePort(), simulator: await freePort(), postgres: await freePort() }
  const databaseLine = await startDatabaseProxy(ports.postgres)
  const stack = createStack({
    mode: 'production',
    dataFolder: join(folder, 'postgres'),
    ports,
    secrets: makeSecrets(),
    unsafeButFast: true,
    env: { DATABASE_URL: stackDatabaseUrl(databaseLine.port) },
    step: (_name, run) => run(),
  })
  const remove = async () => {
    await stack.stop()
    databaseLine.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await stack.start()
  } catch (error) {
    await remove()
    throw error
  }
  return { ...stack, databaseLine, remove }
}
