import type { RunDto } from '@/lib/domain/health/schema'
import type { WaitingUpdateDto } from '@/lib/domain/updates/schema'

/** Sent by the bot when updates of Telegram could not be handled. */
export function updatesWaiting(updates: readonly WaitingUpdateDto[]): string {
  const [first] = updates
  const heading =
    updates.length === 1
      ? 'An update of Telegram could not be handled and waits for a person.'
      : `${updates.length} updates of Telegram could not be handled and wait for a person.`
  if (!first) return heading
  const { kind, reason } = first
  return `${heading}\n${updates.length === 1 ? 'It is' : 'The oldest is'} ${kind}: ${reason.replaceAll('_', ' ')}.`
}

/** Why a comparison did not do everything; what Telegram answered stands behind it. */
export function runProblem(problem: string): string {
  const rows = /^(\d+) rows could not be taken over$/.exec(problem)?.[1]
  if (rows) {
    return rows === '1'
      ? 'One row of the list could not be taken over: see the findings.'
      : `${rows} rows of the list could not be taken over: see the findings.`
  }
  if (/\b429\b|Too Many Requests/.test(problem)) return 'Telegram asked to wait.'
  if (/\b401\b|Unauthorized/.test(problem)) return 'Telegram does not take the bot’s token.'
  if (/HttpError|Network request|timed? ?out|aborted|ECONN|\b5\d\d\b/i.test(problem)) {
    return 'Telegram did not answer.'
  }
  return 'It broke off. The log of the worker says why.'
}

const runResult = ({ seen, repaired }: RunDto, findings: number) =>
  [
    `Done: ${seen} transactions seen.`,
    repaired === 0 ? 'Nothing was missing.' : `Repaired: ${repaired}.`,
    findings === 0
      ? 'Nothing was found that needs a person.'
      : `Open findings: ${findings}, see above.`,
  ].join(' ')

/** The page that says whether the shop is well. */
export const healthMessages = {
  title: 'Health',
  intro: 'Whether money can arrive, what waits for a person, and what did not work.',
  loading: 'Looking…',
  away: 'Not available now: it did not answer. The rest of this page does not depend on it.',
  webhook: {
    heading: 'Webhook',
    well: 'Telegram delivers to this shop.',
    notOurs: (url: string) =>
      `Telegram delivers to ${url || 'nobody'}. Run npm run telegram:setup to set it right.`,
    failing: 'Telegram could not deliver a moment ago, and updates wait.',
    shaky: 'Telegram could not deliver a moment ago. It seems to be over.',
    incomplete: (names: readonly string[]) =>
      `Telegram does not send everything: ${names.join(', ')} would not arrive. Run npm run telegram:setup.`,
    silent: 'Telegram does not say at the moment how it delivers.',
    waiting: 'Updates waiting at Telegram',
    allowed: 'Types of updates',
    allAllowed: 'All that are needed',
    missing: (names: readonly string[]) => `Missing: ${names.join(', ')}`,
    lastUpdate: 'Last update that was kept',
    lastUpdateText: 'Kept are updates about money and subscriptions, and those in review.',
    lastProblem: 'Last problem',
    none: 'None',
  },
  reviews: {
    heading: 'Money in review',
    text: 'Charges that did not fit. They are recorded; nothing was given for them yet.',
    empty: 'No money waits.',
    caption: 'Charges in review',
    look: 'Look at it',
    columns: { date: 'Date', person: 'Person', amount: 'Amount', why: 'Why', act: 'What to do' },
  },
  updates: {
    heading: 'Updates in review',
    text: 'Messages of Telegram that could not be handled.',
    empty: 'Every update was handled.',
    caption: 'Updates in review',
    columns: { date: 'Received', kind: 'Kind', why: 'Why', act: 'What to do' },
    replay: 'Handle again',
    replayed: 'Handled.',
    replayAsk: 'Handle this update again?',
    replayText: 'Useful after an upgrade. What was done already is not done twice.',
    dismiss: 'Leave it',
    dismissed: 'It waits no longer.',
    dismissAsk: 'Leave this update as it is?',
    dismissText: 'Nothing comes of it. The update is kept.',
  },
  findings: {
    heading: 'Findings',
    text: 'What comparisons and jobs could not explain or do by themselves.',
    empty: 'Nothing was found.',
    caption: 'Findings',
    columns: { date: 'Seen', what: 'What', about: 'About', act: 'What to do' },
    payment: 'Look at the payment',
    resolve: 'It is settled',
    resolveAsk: 'Is this settled?',
    resolveText: 'It comes back when it is found again.',
    resolved: 'Settled.',
  },
  runs: {
    heading: 'Comparisons with Telegram',
    text: 'Every five minutes the last two days are compared with Telegram’s own list of Stars.',
    empty: 'No comparison was made yet. The worker makes one every five minutes.',
    caption: 'Comparisons',
    columns: {
      date: 'Started',
      scope: 'What',
      seen: 'Seen',
      repaired: 'Repaired',
      foreign: 'Not ours',
      outcome: 'Outcome',
    },
    scopes: { tail: 'Two days', full: 'Everything' } as Record<string, string>,
    states: { running: 'At work', ended: 'Done', broken_off: 'Broken off' },
    problem: runProblem,
    said: 'What was answered',
    queued: 'Waits for its turn: it begins as soon as the worker is free.',
    running: (position: number | null) =>
      position === null
        ? 'At work: reading the first page of the list.'
        : `At work: compared up to number ${position} of the list.`,
    brokenOff: 'The last comparison broke off. The next one goes on from where it got to.',
    result: runResult,
    now: 'Compare now',
    nowFull: 'Compare everything',
    ask: 'Compare with Telegram’s list now?',
    askText: 'What is missing is repaired by the same rules as an update. It may take a while.',
    asked: 'Asked for. How far it is stands above.',
  },
  queue: {
    heading: 'Jobs',
    ready: 'Ready to run',
    later: 'Planned for later',
    oldest: 'Longest waiting since',
    failed: 'Failed jobs',
    empty: 'No job has failed.',
    none: 'None waits',
    well: 'Jobs are done as they come.',
    stuck: 'Jobs wait for too long. Does the worker run?',
    givenUp: (count: number) =>
      count === 1
        ? 'One job was given up: nobody tries it any more.'
        : `${count} jobs were given up: nobody tries them any more.`,
    columns: { task: 'Job', attempts: 'Attempts', problem: 'Problem', next: 'Next try' },
    act: 'What to do',
    retry: 'Try now',
    retryAll: 'Try all now',
    ask: 'Try now?',
    askText: 'It runs as soon as the worker is free, with all its attempts again.',
    done: 'It runs now.',
  },
  versions: {
    heading: 'Versions',
    names: {
      starpass: 'Starpass',
      node: 'Node.js',
      postgresql: 'PostgreSQL',
      migration: 'Newest migration',
    },
  },
  doctor: {
    heading: 'Doctor',
    text: 'The same checks as npm run doctor, made now.',
    caption: 'Checks',
    columns: { name: 'What', state: 'State', remedy: 'What to do' },
    ok: 'ok',
    fail: 'fail',
  },
  why: 'Why (if it is worth keeping)',
}
