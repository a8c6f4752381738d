import { env } from '@/lib/platform/env'
import { migrate } from '@/prisma/migrate'
import { runCommand } from './local/progress'

await runCommand(async () => {
  const applied = await migrate(env().DATABASE_URL)
  console.log(applied.length ? `Applied: ${applied.join(', ')}.` : 'The database is up to date.')
})
