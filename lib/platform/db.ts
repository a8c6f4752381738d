import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/prisma/generated/client'
import { single } from './global'
import { pool } from './pool'

/** The Prisma client of this process. Only `store.ts` and `queries.ts` may use it. */
export function db(): PrismaClient {
  return single('db', () => {
    const adapter = new PrismaPg(pool(), { statementNameGenerator: statementNames() })
    return new PrismaClient({ adapter })
  })
}

const namesMax = 500

/**
 * A statement with a name is planned once per connection; for most of ours planning costs more than
 * running. Lists of changing length make ever new texts, so only the first ones get a name.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined || names.size >= namesMax) return known ?? ''
    const name = `starpass_${names.size}`
    names.set(sql, name)
    return name
  }
}
