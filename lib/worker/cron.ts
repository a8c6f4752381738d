import type { TaskList } from 'graphile-worker'
import { catchUpEvents } from '@/lib/domain/checkout/catch-up-events'
import { forgetOldEvents } from '@/lib/domain/checkout/forget-old-events'
import { checkFigures } from '@/lib/domain/figures/check-figures'
import { rollUpDays } from '@/lib/domain/figures/roll-up-days'
import { watchJobs } from '@/lib/domain/health/watch-jobs'
import { watchWebhook } from '@/lib/domain/health/watch-webhook'
import { closeUncharged } from '@/lib/domain/payments/close-uncharged'
import { forgetOrderInfo } from '@/lib/domain/payments/forget-order-info'
import { reconcile } from '@/lib/domain/reconciliation/reconcile'
import { forgetOldReminders } from '@/lib/domain/reminders/forget-old-reminders'
import { remind } from '@/lib/domain/reminders/remind'
import { forgetOldUpdates } from '@/lib/domain/updates/forget-old-updates'
import { forgetToldOrderInfo } from '@/lib/domain/updates/forget-told-order-info'
import { remindOfReviews } from './remind-of-reviews'

const system = { kind: 'system' } as const

/** What happens by the clock: name → [when, in cron's words, UTC; what]. */
const table = {
  reconcile: ['*/5 * * * *', () => reconcile(system, 'tail')],
  catch_up_stripe: ['*/5 * * * *', () => catchUpEvents(system, 'recent')],
  catch_up_all_stripe: ['20 4 * * *', () => catchUpEvents(system, 'all')],
  watch_webhook: ['*/5 * * * *', () => watchWebhook(system)],
  watch_jobs: ['*/5 * * * *', () => watchJobs(system)],
  close_uncharged: ['*/5 * * * *', () => closeUncharged(system)],
  remind: ['*/5 * * * *', () => remind(system)],
  remind_of_reviews: ['0 9 * * *', () => remindOfReviews()],
  forget_order_info: ['12 * * * *', () => forgetOrderInfo(system)],
  forget_old_updates: ['27 * * * *', () => forgetOldUpdates(system)],
  forget_old_stripe_events: ['33 * * * *', () => forgetOldEvents(system)],
  // Reads every kept update of the last months, so it runs when shops are quiet.
  forget_told_order_info: ['40 3 * * *', () => forgetToldOrderInfo(system)],
  roll_up_days: ['* * * * *', () => rollUpDays(system)],
  // Reads everything once, a day at a time.
  check_figures: ['10 3 * * *', () => checkFigures(system)],
  forget_old_reminders: ['50 3 * * *', () => forgetOldReminders(system)],
} as const satisfies Record<string, readonly [string, () => Promise<unknown>]>

export const crontab = Object.entries(table)
  .map(([name, [when]]) => `${when} ${name}`)
  .join('\n')

export const cronTasks: TaskList = Object.fromEntries(
  Object.entries(table).map(([name, [, work]]) => [
    name,
    async () => {
      await work()
    },
  ]),
)
