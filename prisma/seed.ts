import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client'

type SeedPlan = {
  code: string
  name: string
  description: string
  features: string[]
  family: string
  tier: number
  kind?: 'one_off' | 'subscription'
  durationDays: number | null
  goods?: 'digital' | 'physical'
  prices: Record<string, number>
}

const silver = { family: 'premium', tier: 1, features: ['daily_picks', 'no_ads'] }
const gold = { family: 'premium', tier: 2, features: ['early_access', 'private_group', 'archive'] }

/** The sample catalogue. Coaching is a real-world service, so a card may pay for it in Telegram. */
export const samplePlans: SeedPlan[] = [
  {
    ...silver,
    code: 'silver_1m',
    name: 'Silver, 1 month',
    description: 'Daily picks without ads for 30 days.',
    durationDays: 30,
    prices: { XTR: 250 },
  },
  {
    ...silver,
    code: 'silver_3m',
    name: 'Silver, 3 months',
    description: 'Daily picks without ads for 90 days.',
    durationDays: 90,
    prices: { XTR: 650 },
  },
  {
    ...gold,
    code: 'gold_1m',
    name: 'Gold, 1 month',
    description:
      'Everything in Silver, early access, the archive and the private group for 30 days.',
    durationDays: 30,
    prices: { XTR: 500 },
  },
  {
    ...gold,
    code: 'gold_3m',
    name: 'Gold, 3 months',
    description:
      'Everything in Silver, early access, the archive and the private group for 90 days.',
    durationDays: 90,
    prices: { XTR: 1300 },
  },
  {
    ...gold,
    code: 'gold_monthly',
    name: 'Gold, monthly',
    description: 'Gold that renews by itself every 30 days until you cancel.',
    kind: 'subscription',
    durationDays: 30,
    prices: { XTR: 450 },
  },
  {
    ...gold,
    code: 'lifetime',
    name: 'Gold for life',
    description: 'Everything in Gold, once and for all.',
    durationDays: null,
    prices: { XTR: 5000 },
  },
  {
    code: 'coaching_1m',
    name: 'Coaching, 1 month',
    description: 'Four personal sessions within 30 days.',
    features: ['coaching'],
    family: 'coaching',
    tier: 1,
    durationDays: 30,
    goods: 'physical',
    prices: { GBP: 2500, XTR: 1900 },
  },
]

/** Puts the sample catalogue in. What is there already stays as the owner left it. */
export async function seed(connectionString: string): Promise<void> {
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString }) })
  try {
    for (const [position, { prices, ...plan }] of samplePlans.entries()) {
      await prisma.plan.upsert({
        where: { code: plan.code },
        update: {},
        create: {
          kind: 'one_off',
          ...plan,
          position,
          prices: {
            create: Object.entries(prices).map(([currency, amount]) => ({ currency, amount })),
          },
        },
      })
    }
  } finally {
    await prisma.$disconnect()
  }
}
