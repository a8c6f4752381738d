import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/prisma/generated/client'
import { single } from './global'
import { pool } from './pool'

/** The Prisma client of this process. Only `store.ts` and `queries.ts` may use it. */
export function db(): PrismaClient {
  return single('db', () => new PrismaClient({ adapter: new PrismaPg(pool()) }))
}
