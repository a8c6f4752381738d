import { EnvError } from '@/lib/platform/env'

/** Runs a command; what a person can mend is one sentence, everything else keeps its stack. */
export async function run(command: () => Promise<unknown>): Promise<void> {
  try {
    await command()
  } catch (error) {
    console.error(error instanceof EnvError ? error.message : error)
    process.exitCode = 1
  }
}
