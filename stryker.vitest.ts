import { defineConfig } from 'vitest/config'
import base from './vitest.config'

/** What `npm run mutate` runs against each change: the pure tests of `lib` alone. */
export default defineConfig({
  resolve: base.resolve ?? {},
  test: {
    include: ['lib/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.db.test.ts', 'lib/testing/**'],
    setupFiles: ['lib/testing/pure-setup.ts'],
  },
})
