import { expect, it } from 'vitest'
import { listMigrationNames } from '@/prisma/migrate'
import { newestMigration } from './readiness'

it('waits for the newest migration of the folder', async () => {
  expect((await listMigrationNames()).at(-1)).toBe(newestMigration)
})
