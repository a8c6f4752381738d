import { type JobName, type JobPayload, jobs } from '@/lib/platform/jobs'
import { refundCharge, stopRenewal } from './move-money'
import type { Rerun } from './send'
import { sendAdminMessage, tellAdmins } from './tell-admins'
import { tellBuyer, tellRefund } from './tell-buyer'
import { tellRenewalFailed } from './tell-renewal-failed'

type Handle = (payload: unknown) => Promise<Rerun | undefined>

function parsing<K extends JobName>(
  name: K,
  handler: (payload: JobPayload<K>) => Promise<Rerun | undefined>,
): Handle {
  // `jobs[name]` parses exactly `JobPayload<K>`; TypeScript loses the link between the two.
  return (payload) => handler(jobs[name].parse(payload) as JobPayload<K>)
}

/** What each job does. Every handler may run twice for one job. */
export const tasks = {
  tell_buyer: parsing('tell_buyer', tellBuyer),
  tell_refund: parsing('tell_refund', tellRefund),
  tell_renewal_failed: parsing('tell_renewal_failed', tellRenewalFailed),
  tell_admins: parsing('tell_admins', tellAdmins),
  stop_subscription: parsing('stop_subscription', stopRenewal),
  refund_charge: parsing('refund_charge', refundCharge),
  send_admin_message: parsing('send_admin_message', sendAdminMessage),
} satisfies Record<JobName, Handle>
