import { env } from '@/lib/platform/env'
import { samplePlans, seed } from '@/prisma/seed'
import { runCommand } from './local/progress'

await runCommand(async () => {
  await seed(env().DATABASE_URL)
  console.log(`The sample catalogue is in: ${samplePlans.map((plan) => plan.code).join(', ')}.`)
})
