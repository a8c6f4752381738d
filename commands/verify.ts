import { existsSync } from 'node:fs'
import { checkStyle, checkTypes, runTool, runVitest } from './local/checks'
import { summarise } from './local/summary'

/** `npm run verify`: what needs no services, in seconds. */
// Next writes the types of pages and styles; a fresh clone does not have them yet.
if (!existsSync('next-env.d.ts')) await runTool('next', ['typegen'])
summarise(await Promise.all([checkStyle(), checkTypes(), runVitest(['pure'])]))
