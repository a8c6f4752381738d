import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

const prismaFolder = resolve('prisma')
const migrationsFolder = join(prismaFolder, 'migrations')

/**
 * Brings a database up to date: the folder `prisma/migrations` through Prisma's own engine (as
 * WebAssembly, so nothing is downloaded, and `_prisma_migrations` stays compatible with
 * `prisma migrate deploy`), then the job queue's schema. Returns the names it applied.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const applied = await withEngine(connectionString, async (engine) =>
    engine.applyMigrations({ migrationsList: await listMigrations(), filters: noFilter }),
  )
  await runMigrations({ connectionString, logger: quietLogger })
  return applied.appliedMigrationNames
}

/** SQL that takes an empty database to `schema.prisma`; how a migration's first draft is made. */
export async function diffFromEmpty(connectionString: string): Promise<string> {
  const content = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8')
  const result = await withEngine(connectionString, (engine) =>
    engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files: [{ content, path: 'schema.prisma' }] },
      script: true,
      exitCode: null,
      filters: noFilter,
    }),
  )
  return result.stdout ?? ''
}

/** Names of the migrations, oldest first. */
export async function listMigrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

const noFilter = { externalTables: [], externalEnums: [] }

async function listMigrations(): Promise<MigrationList> {
  const names = await listMigrationNames()
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(join(migrationsFolder, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  }
}

/** Instantiated once: the glue module holds one WebAssembly instance and every engine uses it. */
let glue: Promise<{ SchemaEngine: EngineClass }> | undefined

type EngineClass = {
  new: (options: object, log: () => void, adapter: object) => Promise<SchemaEngine>
}

async function loadGlue(): Promise<{ SchemaEngine: EngineClass }> {
  const require = createRequire(import.meta.url)
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const loaded = await import(pathToFileURL(glueFile).href)
  const { instance } = await WebAssembly.instantiate(
    await readFile(glueFile.replace(/\.js$/, '.wasm')),
    { './schema_engine_bg.js': loaded },
  )
  loaded.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return loaded
}

/** Lends an engine on this database, and leaves no connection behind. */
async function withEngine<T>(
  connectionString: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString, max: 2 })
  const engine = await openEngine(pool)
  try {
    return await use(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}

async function openEngine(pool: pg.Pool): Promise<SchemaEngine> {
  glue ??= loadGlue()
  const { SchemaEngine } = await glue
  const schema = await readFile(join(prismaFolder, 'schema.prisma'), 'utf8')
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool)),
  )
}

/** Only what went wrong; the names of applied migrations are the caller's to tell. */
const quietLogger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(message)
})
