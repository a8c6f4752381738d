import { type JobName, type JobPayload, jobs } from '@/lib/platform/jobs'
import { compareNow } from './compare-now'
import { expireBannedCheckouts } from './expire-banned-checkouts'
import { closeCheckouts, judgeAgain, refundCharge, stopRenewal } from './move-money'
import { type Rerun, send } from './send'
import { sendReminder } from './send-reminder'
import { sendAdminMessage, tellAdmins } from './tell-admins'
import { tellBuyer, tellRefund } from './tell-buyer'
import { tellRenewalFailed } from './tell-renewal-failed'

/** Does one job; the id is the same at every attempt. */
export type Handle = (payload: unknown, jobId: string) => Promise<Rerun | undefined>

function parsing<K extends JobName>(
  name: K,
  handler: (payload: JobPayload<K>, jobId: string) => Promise<Rerun | undefined>,
): Handle {
  // `jobs[name]` parses exactly `JobPayload<K>`; TypeScript loses the link between the two.
  return (payload, jobId) => handler(jobs[name].parse(payload) as JobPayload<K>, jobId)
}

/** What each job does. Every handler may run twice for one job. */
export const tasks = {
  tell_buyer: parsing('tell_buyer', tellBuyer),
  tell_refund: parsing('tell_refund', tellRefund),
  tell_renewal_failed: parsing('tell_renewal_failed', tellRenewalFailed),
  send_reminder: parsing('send_reminder', sendReminder),
  tell_admins: parsing('tell_admins', tellAdmins),
  stop_subscription: parsing('stop_subscription', stopRenewal),
  judge_again: parsing('judge_again', judgeAgain),
  expire_checkouts: parsing('expire_checkouts', closeCheckouts),
  expire_banned_checkouts: parsing('expire_banned_checkouts', expireBannedCheckouts),
  compare_now: parsing('compare_now', compareNow),
  refund_charge: parsing('refund_charge', refundCharge),
  send_admin_message: parsing('send_admin_message', sendAdminMessage),
  send_person_message: parsing('send_person_message', ({ telegramUserId, text }) =>
    send(telegramUserId, text),
  ),
} satisfies Record<JobName, Handle>
