import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

process.env.TZ = 'UTC'

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const foreign = ['**/node_modules/**', '**/.next/**', '**/.demo/**', '**/prisma/generated/**']

/** The suffix of a test tells its price: `*.test.ts` is pure, `*.db.test.ts` needs PostgreSQL. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: fromRoot('./') },
      // Outside of Next this marker always throws; what it protects is protected by the build.
      {
        find: 'server-only',
        replacement: fromRoot('node_modules/next/dist/compiled/server-only/empty.js'),
      },
    ],
  },
  test: {
    passWithNoTests: false,
    allowOnly: false,
    // Only with `--coverage`. A file that no test loads counts as well, with nothing covered.
    coverage: {
      provider: 'v8',
      include: ['lib/{domain,bot,telegram,worker,web}/**/*.{ts,tsx}', 'app/api/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text', 'json-summary', 'json'],
      reportsDirectory: 'reports/coverage',
      thresholds: {
        'lib/domain/**': { lines: 90 },
        'lib/bot/**': { lines: 90 },
        'lib/telegram/**': { lines: 90 },
        'lib/worker/**': { lines: 90 },
        'lib/web/**': { lines: 85 },
        'app/api/**': { lines: 85 },
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['**/*.test.ts'],
          exclude: [...foreign, '**/*.db.test.ts', 'simulator/**'],
          setupFiles: [fromRoot('lib/testing/pure-setup.ts')],
        },
      },
      {
        // Needs no service either, but talks to itself over loopback and takes longer.
        extends: true,
        test: {
          name: 'simulator',
          include: ['simulator/**/*.test.ts'],
          exclude: foreign,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: foreign,
          globalSetup: [fromRoot('lib/testing/database-server.ts')],
          setupFiles: [fromRoot('lib/testing/test-database.ts')],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
