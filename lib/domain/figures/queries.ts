import { loadSettings } from '@/lib/domain/settings/queries'
import { type Manager, requirePower } from '@/lib/kit/powers'
import { now } from '@/lib/platform/clock'
import { readStarBalance } from '@/lib/telegram/star-balance'
import { makeOverview } from './overview'
import { dayAfter, dayOf, estimate, heldDays, heldOf } from './rules'
import type { FreshnessDto, OverviewDto, OverviewRange, StarBalanceDto } from './schema'
import { countMarkedDays, loadProgress } from './store'
import { countRunning, loadDays, loadHeld, loadParts, loadStarsKept } from './store-read'

const longest = 90
const soonDays = 7

/** Everything the overview shows, out of the figures alone. Refuses: forbidden. */
export async function findOverview(actor: Manager, range: OverviewRange): Promise<OverviewDto> {
  requirePower(actor, 'view')
  const today = dayOf(await now())
  const first = dayAfter(today, 1 - longest)
  const from = dayAfter(today, 1 - range)
  const [days, heldBeforeFirst, parts, heldBeforeRange, running, { starRate }] = await Promise.all([
    loadDays(first, dayAfter(today, soonDays)),
    loadHeld(first),
    loadParts(from, today),
    loadHeld(from),
    countRunning(today),
    loadSettings(),
  ])
  const rate = starRate
  return makeOverview({
    today,
    range,
    first,
    days,
    heldBeforeFirst,
    parts,
    heldBeforeRange,
    running,
    rate,
  })
}

/** How old the figures are. */
export async function findFreshness(actor: Manager): Promise<FreshnessDto> {
  requirePower(actor, 'view')
  const [progress, waiting] = await Promise.all([loadProgress(), countMarkedDays()])
  return { counted_at: progress?.countedAt?.toISOString() ?? null, waiting_days: waiting }
}

/** The bot's Stars at this moment. Throws when Telegram does not answer. */
export async function findBotStars(actor: Manager): Promise<StarBalanceDto> {
  requirePower(actor, 'view')
  const today = dayOf(await now())
  const [balance, kept, { starRate }] = await Promise.all([
    readStarBalance(),
    loadStarsKept(dayAfter(today, -heldDays)),
    loadSettings(),
  ])
  const held = heldOf(balance, kept)
  return { balance, held, held_days: heldDays, worth: estimate(balance, starRate) }
}
