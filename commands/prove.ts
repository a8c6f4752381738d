import { randomInt } from 'node:crypto'
import { buildIfChanged } from '@/commands/local/build'
import { proofs } from '@/prove/proofs'
import { holds, type Row, tableOf } from '@/prove/report'
import { runCommand, step } from './local/progress'

/**
 * `npm run prove`: the long proofs of docs/reliability.md, all of them or those named. `--seed=1`
 * repeats a run of generated histories, `--times=3` shortens one, `--only=regex` picks single points.
 * Exit code 1 when one does not hold.
 */
await runCommand(async () => {
  const { names, options } = readArguments(process.argv.slice(2))
  if (names.some((name) => proofs[name].needsBuild)) {
    await step('Build the app for production', buildIfChanged)
  }
  const rows: Row[] = []
  for (const name of names) {
    const begun = performance.now()
    console.log(`\n${name}: ${proofs[name].about}`)
    const onRow = (row: Row) => {
      const { what, times, lost, doubled, extra } = row
      const numbers = `${times} times, ${lost} lost, ${doubled} doubled, ${extra} extra messages`
      console.log(`  ${holds(row) ? 'holds' : 'DOES NOT HOLD'}  ${what}: ${numbers}`)
      for (const problem of row.problems) console.log(`    ${problem}`)
    }
    rows.push(...(await proofs[name].run({ ...options, onRow })))
    console.log(`  ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  }
  console.log(`\n${tableOf(rows)}`)
  const broken = rows.filter((row) => !holds(row))
  console.log(`\n${rows.length - broken.length} hold, ${broken.length} do not`)
  process.exit(broken.length === 0 ? 0 : 1)
})

type ProofName = keyof typeof proofs

function readArguments(given: string[]) {
  const flags = new Map<string, string>()
  const names: ProofName[] = []
  for (const one of given) {
    const flag = /^--(seed|times|only)=(.+)$/.exec(one)
    if (flag?.[1] && flag[2]) flags.set(flag[1], flag[2])
    else if (isProof(one)) names.push(one)
    else throw new Error(`There is no proof "${one}". There are: ${allNames().join(', ')}.`)
  }
  const times = flags.get('times')
  return {
    names: names.length > 0 ? names : allNames(),
    options: {
      seed: Number(flags.get('seed') ?? randomInt(2 ** 31)),
      times: times === undefined ? undefined : Number(times),
      only: flags.get('only'),
    },
  }
}

function isProof(name: string): name is ProofName {
  return Object.hasOwn(proofs, name)
}

function allNames(): ProofName[] {
  return Object.keys(proofs).filter(isProof)
}
