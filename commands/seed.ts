import { env } from '@/lib/platform/env'
import { samplePlans, seed } from '@/prisma/seed'
import { run } from './local/run'

await run(async () => {
  await seed(env().DATABASE_URL)
  console.log(`The sample catalogue is in: ${samplePlans.map((plan) => plan.code).join(', ')}.`)
})
