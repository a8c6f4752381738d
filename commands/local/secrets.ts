import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const secretsSchema = z.object({
  NEXTAUTH_SECRET: z.string(),
  TELEGRAM_BOT_TOKEN: z.string(),
  TELEGRAM_WEBHOOK_SECRET: z.string(),
  METRICS_TOKEN: z.string(),
  INTERNAL_API_TOKEN: z.string(),
})

export type LocalSecrets = z.infer<typeof secretsSchema>

export function makeSecrets(): LocalSecrets {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url')
  return {
    NEXTAUTH_SECRET: random(48),
    TELEGRAM_BOT_TOKEN: `${7_000_000_000 + randomBytes(4).readUInt32BE()}:AA${random(25).slice(0, 33)}`,
    TELEGRAM_WEBHOOK_SECRET: random(48),
    METRICS_TOKEN: random(24),
    INTERNAL_API_TOKEN: random(24),
  }
}

/** Secrets that are made once and kept in a file only its owner may read. */
export async function keepSecrets(file: string): Promise<LocalSecrets> {
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  const secrets = makeSecrets()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}
