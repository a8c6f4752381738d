/**
 * The Playwright tests that the table counts on, by their titles: `test('<title>', …)` somewhere in
 * `e2e/`, best in `e2e/simulator/`. One of them may prove several rules; which ones stands beside the
 * title in `rules/c-*.ts` and in the generated README.
 */
export const SPEC_TITLES = [
  // The bridge
  'host: talks JSON both ways and listens only to the frame it opened',
  'host: serves a shipped bundle as https://web.telegram.org in a cross-site frame without cookies',
  'host: the official script starts up and learns theme, viewport and safe areas',
  'host: answers iframe_ready with a style and survives reload_iframe',
  'host: the frame carries the sandbox and the permissions of Web A',
  'host: a placeholder stands until web_app_ready',
  'host: a main button is drawn, pressed and replaced as a whole',
  'host: a secondary button takes its place beside the main one',
  'host: back and settings buttons come, go and report',
  'host: closing asks first when the app wants it, and always in Web A once asked',
  'host: header, background and bottom bar take the colours of the app',
  'host: links open outside, and only http and https',
  'host: haptics show as a pulse',
  'host: a popup answers with its button, or without one when dismissed',
  'host: popups that Web A refuses are answered at once',
  'host: what a browser cannot do is answered as a browser client answers it',
  'host: cloud and device storage keep what the app puts there',
  'host: write access and phone number are asked for once and answered',
  'host: unknown methods are ignored',
  'host: theme and viewport follow the client',
  'host: a page of another origin is not obeyed',
  // The invoice flow
  'invoice: a payment reports paid, and the bot hears of it',
  'invoice: a refused or unanswered pre-checkout reports failed',
  'invoice: closing the sheet reports cancelled, even while the payment goes through',
  'invoice: a slug that leads nowhere shows a notice and never reports in Web A',
  'invoice: too few Stars lead to the top-up sheet',
  'invoice: Web K stays open after a failure and reports the last outcome',
  'invoice: an expired form is reloaded in Web K',
  'invoice: a card payment is pending on submit, then paid, and may ask for 3-D Secure',
  'invoice: the same slug cannot be opened twice at once',
  'invoice: the payment goes on when the Mini App is closed',
  'invoice: a client that says failed or nothing leaves the truth to the bot',
  // Links and chat
  'links: an invoice link opened by the app pays without a report and closes the app in Web A',
  'links: every form of an invoice link opens the sheet',
  'links: other hosts are not Telegram',
  'chat: the Pay button opens the same sheet and turns into a receipt',
] as const

export type SpecTitle = (typeof SPEC_TITLES)[number]
