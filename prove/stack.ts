import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@/commands/local/ports'
import { makeSecrets } from '@/commands/local/secrets'
import { createStack, type Stack, stackDatabaseUrl } from '@/commands/local/stack'
import { type DatabaseProxy, startDatabaseProxy } from '@/e2e/database-proxy'
import { type HttpLine, startHttpLine } from '@/lib/testing/http-line'

/** The production server with hosted worker, and hands on each of its three lines. */
export type ProvingStack = Stack & {
  dataFolder: string
  /** From the app to PostgreSQL. */
  databaseLine: DatabaseProxy
  /** From the app to the Bot API. */
  botApiLine: HttpLine
  /** From Telegram to the app's webhook. */
  webhookLine: HttpLine
  remove(): Promise<void>
}

/** Starts it from the build that is there. Its PostgreSQL is as safe as in production. */
export async function openProvingStack(): Promise<ProvingStack> {
  const folder = await mkdtemp(join(tmpdir(), 'starpass-prove-'))
  const dataFolder = join(folder, 'postgres')
  const ports = { app: await freePort(), simulator: await freePort(), postgres: await freePort() }
  const databaseLine = await startDatabaseProxy(ports.postgres)
  const botApiLine = await startHttpLine(() => `http://127.0.0.1:${ports.simulator}`)
  const webhookLine = await startHttpLine(() => `http://127.0.0.1:${ports.app}`)
  const stack = createStack({
    mode: 'production',
    dataFolder,
    ports,
    secrets: makeSecrets(),
    env: {
      DATABASE_URL: stackDatabaseUrl(databaseLine.port),
      TELEGRAM_API_ROOT: botApiLine.url,
      APP_URL: webhookLine.url,
    },
    step: (_name, run) => run(),
  })
  const remove = async () => {
    await stack.stop()
    for (const line of [databaseLine, botApiLine, webhookLine]) line.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await stack.start()
  } catch (error) {
    await remove()
    throw error
  }
  return { ...stack, dataFolder, databaseLine, botApiLine, webhookLine, remove }
}
