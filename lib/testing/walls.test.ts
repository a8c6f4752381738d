import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/** Violations that must be seen: [file, the import planted in it]. */
const forbidden = [
  ['lib/kit/planted.ts', '@/lib/platform/log'],
  ['lib/platform/planted.ts', '@/lib/telegram/client'],
  ['lib/platform/planted.ts', '@/lib/domain/users/schema'],
  ['lib/telegram/planted.ts', '@/lib/domain/plans/queries'],
  ['lib/telegram/planted.ts', '@/lib/platform/db'],
  ['lib/messages/planted.ts', '@/lib/platform/env'],
  ['lib/domain/plans/planted.ts', '@/lib/domain/payments/queries'],
  ['lib/domain/users/planted.ts', '@/lib/bot/webhook'],
  ['lib/domain/entitlements/planted.ts', '@/lib/domain/invoices/queries'],
  ['lib/domain/invoices/planted.ts', '@/lib/domain/payments/record-charge'],
  ['lib/domain/payments/planted.ts', '@/lib/domain/invoices/store'],
  ['lib/domain/payments/planted.ts', '@/lib/domain/invoices/rules'],
  ['lib/domain/payments/planted.ts', '@/lib/platform/db'],
  ['lib/domain/payments/planted.ts', '@/prisma/generated/client'],
  ['lib/domain/payments/planted.ts', '@/lib/web/rest'],
  ['lib/domain/payments/store.ts', '@/lib/domain/reconciliation/run'],
  ['lib/domain/payments/schema.ts', '@/lib/platform/env'],
  ['lib/domain/payments/schema.ts', 'node:crypto'],
  ['lib/domain/payments/rules.ts', '@/lib/platform/clock'],
  ['lib/domain/payments/rules.ts', './store'],
  ['lib/domain/payments/rules.ts', 'node:fs'],
  ['lib/domain/settings/planted.ts', '@/lib/domain/users/queries'],
  ['lib/domain/payments/planted.ts', '@/lib/domain/reminders/remind'],
  ['lib/domain/reconciliation/planted.ts', '@/lib/domain/checkout/open-checkout'],
  ['lib/domain/subscriptions/planted.ts', '@/lib/domain/checkout/open-checkout'],
  ['lib/domain/checkout/planted.ts', '@/lib/domain/payments/store'],
  ['lib/domain/findings/planted.ts', '@/lib/domain/payments/queries'],
  ['lib/domain/logins/planted.ts', '@/lib/domain/payments/queries'],
  ['lib/domain/payments/planted.ts', '@/lib/domain/grants/grant-plan'],
  ['lib/domain/ledger/planted.ts', '@/lib/domain/people/queries'],
  ['lib/domain/figures/planted.ts', '@/lib/domain/ledger/queries'],
  ['lib/domain/admins/planted.ts', '@/lib/domain/payments/queries'],
  ['lib/stripe/planted.ts', '@/lib/domain/plans/queries'],
  ['lib/stripe/planted.ts', '@/lib/platform/db'],
  ['lib/auth/planted.ts', '@/lib/web/rest'],
  ['lib/web/planted.ts', '@/lib/bot/webhook'],
  ['lib/web/planted.ts', '@/lib/worker/run-worker'],
  ['lib/web/planted.ts', '@/lib/domain/plans/store'],
  ['lib/bot/planted.ts', '@/lib/web/rest'],
  ['lib/bot/features/planted.ts', '@/lib/worker/send'],
  ['lib/bot/features/planted.ts', '@/lib/domain/plans/store'],
  ['lib/worker/planted.ts', '@/lib/bot/webhook'],
  ['lib/worker/planted.ts', '@/lib/platform/db'],
  ['components/mini-app/planted.tsx', '@/lib/domain/plans/queries'],
  ['components/mini-app/planted.tsx', '@/lib/platform/env'],
  ['components/mini-app/planted.tsx', '@/app/app/actions'],
  ['app/app/page.tsx', '@/lib/domain/plans/store'],
  ['app/app/page.tsx', '@/lib/platform/db'],
  ['app/app/page.tsx', '@/simulator/wire'],
  ['simulator/server/planted.ts', '@/lib/kit/money'],
  ['lib/domain/plans/planted.ts', '../users/queries'],
  ['components/planted.tsx', '../lib/kit/money'],
] as const

/** What must stay allowed, so that a rule which forbids everything is seen too. */
const allowed = [
  ['lib/kit/planted.ts', './errors'],
  ['lib/platform/planted.ts', '@/lib/kit/errors'],
  ['lib/domain/payments/planted.ts', '@/lib/domain/invoices/payload'],
  ['lib/domain/payments/planted.ts', './store'],
  ['lib/domain/payments/planted.ts', '@/lib/domain/audit/record-audit'],
  ['lib/domain/payments/store.ts', '@/lib/platform/db'],
  ['lib/domain/payments/store.ts', '@/prisma/generated/client'],
  ['lib/domain/payments/rules.ts', '@/lib/domain/entitlements/fold'],
  ['lib/bot/features/planted.ts', '@/lib/domain/plans/queries'],
  ['components/mini-app/planted.tsx', '@/lib/domain/plans/schema'],
  ['app/app/page.tsx', '@/lib/domain/plans/queries'],
  ['simulator/server/planted.ts', '@/simulator/wire'],
] as const

const report = z.object({
  diagnostics: z.array(
    z.looseObject({
      category: z.string(),
      location: z.looseObject({ path: z.string(), start: z.looseObject({ line: z.int() }) }),
    }),
  ),
})

const folders: string[] = []
let seen = { forbidden: new Set<string>(), allowed: new Set<string>(), env: new Set<string>() }

beforeAll(async () => {
  seen = {
    forbidden: await plant(forbidden.map(([file, from]) => [file, `export * from '${from}'`])),
    allowed: await plant(allowed.map(([file, from]) => [file, `export * from '${from}'`])),
    env: await plant([['lib/bot/planted.ts', 'export const planted = process.env.PLANTED']]),
  }
}, 60_000)

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/**
 * Writes the lines into files of a folder with our linter's configuration, and lints it.
 * Returns what it reported, as `file: line of code: rule`.
 */
async function plant(lines: (readonly [string, string])[]): Promise<Set<string>> {
  const root = await mkdtemp(join(tmpdir(), 'starpass-walls-'))
  folders.push(root)
  await cp('biome.json', join(root, 'biome.json'))
  const files = Map.groupBy(lines, ([file]) => file)
  for (const [file, planted] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), planted.map(([, line]) => `${line}\n`).join(''))
  }
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  const args = [
    biome,
    'lint',
    '--reporter=json',
    '--vcs-enabled=false',
    '--max-diagnostics=none',
    '.',
  ]
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (_, stdout) => resolve(stdout))
  })
  return new Set(
    report.parse(JSON.parse(output)).diagnostics.map(({ category, location }) => {
      const line = files.get(location.path)?.[location.start.line - 1]?.[1] ?? ''
      return `${location.path}: ${line}: ${category}`
    }),
  )
}

const restricted = (file: string, from: string) =>
  `${file}: export * from '${from}': lint/style/noRestrictedImports`

describe('the walls between rooms', () => {
  it.each(forbidden)('%s may not import %s', (file, from) => {
    expect(seen.forbidden).toContain(restricted(file, from))
  })

  it.each(allowed)('%s may import %s', (file, from) => {
    expect(seen.allowed).not.toContain(restricted(file, from))
  })

  it('keeps the environment in lib/platform/env', () => {
    expect([...seen.env].some((line) => line.endsWith('lint/style/noProcessEnv'))).toBe(true)
  })
})
