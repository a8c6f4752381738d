import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { buildIfChanged } from './local/build'
import {
  check,
  checkStyle,
  checkTypes,
  type Outcome,
  runBrowserTests,
  runTool,
  runVitest,
} from './local/checks'
import { installDebianPackage, requireChromium } from './local/chromium'
import { summarise } from './local/summary'

/**
 * `npm test`: everything. PostgreSQL comes with the packages, Chromium and Redis are found or
 * installed where that is possible; the last line is the sum.
 */
const outcomes: Outcome[] = []
let chromiumPath: string | undefined

if (!existsSync('next-env.d.ts')) await runTool('next', ['typegen'])
outcomes.push(
  await check('a Chromium for the browser tests', async () => {
    chromiumPath = requireChromium()
    return true
  }),
)
// Without it the one test that needs it says so and fails.
if (spawnSync('redis-server', ['--version']).error) installDebianPackage('redis-server')

outcomes.push(...(await Promise.all([checkStyle(), checkTypes()])))
outcomes.push(await runVitest(['pure', 'db', 'simulator']))
const build = await check('production build', async () => {
  await buildIfChanged()
  return true
})
outcomes.push(build)
if (build.failed === 0 && chromiumPath) outcomes.push(await runBrowserTests(chromiumPath))
summarise(outcomes)
