import type {
  PlanFault,
  PlanImpact,
  PlanNotice,
  PlanUse,
  TypingFault,
} from '@/lib/domain/plans/schema'

/** A count that ended before the last row says so. */
const count = (n: number, isCut: boolean) =>
  isCut ? `at least ${n.toLocaleString('en')}` : n.toLocaleString('en')
const many = (n: number, isCut: boolean, one: string, more: string) =>
  n === 1 && !isCut ? `1 ${one}` : `${count(n, isCut)} ${more}`
const begun = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)

const faults: Record<PlanFault | TypingFault, string> = {
  code_shape:
    'The code needs 2 to 32 small letters, digits or underscores, and begins with a letter.',
  name_length: 'The name needs 1 to 32 characters: Telegram shows no longer title on an invoice.',
  description_length: 'The description may have 255 characters at most: Telegram allows no more.',
  feature_twice: 'A feature stands there twice.',
  family_shape:
    'The family needs 1 to 32 small letters, digits or underscores, and begins with a letter.',
  tier_range: 'The tier is a whole number from 1 to 1,000.',
  days_range: 'The days are a whole number from 1 to 36,500.',
  price_missing: 'A plan needs a price, in Stars or in money.',
  price_twice: 'A plan has one price per currency at most.',
  currency_unknown: 'There is no such currency.',
  subscription_period:
    'Telegram renews subscriptions every 30 days and in no other rhythm. Set 30 days, or sell a one-off plan of any length.',
  subscription_stars: 'Telegram allows 10,000 Stars at most for a subscription.',
  subscription_card:
    'Telegram renews subscriptions in Stars only, and this shop takes no cards in the browser, so nobody could pay the price in money. Take it out.',
  digital_card:
    'Telegram forbids a provider’s card for digital goods, and this shop takes no cards in the browser, so nobody could pay the price in money. Take it out and sell for Stars.',
  stars_typed: 'The price in Stars is a whole number, such as 500.',
  money_typed:
    'The price in money needs a currency such as EUR, and an amount with no more decimals than that currency has, such as 25.00.',
  tier_typed: 'The tier is a whole number from 1 to 1,000.',
  days_typed: 'The days are a whole number from 1 to 36,500.',
  too_long: 'A text is too long, or there are more than 50 features.',
}

const notices: Record<PlanNotice, string> = {
  description_empty: 'Without a description the invoice repeats the name.',
  stars_missing: 'Without a price in Stars this plan cannot be bought inside Telegram.',
  stars_many:
    'Telegram does not say how many Stars a single payment may cost. Above 10,000 it may refuse to make the invoice: try it once.',
  card_browser_only:
    'The price in money counts in the browser only. Inside Telegram this plan is sold for Stars, as Telegram’s rules demand.',
  money_unused:
    'Nobody can pay the price in money yet: neither TELEGRAM_PROVIDER_TOKEN nor Stripe is set up.',
  money_several:
    'Of several prices in money, buyers are asked for the first by its currency’s letters: AUD before EUR before USD. The others stay in the list.',
  physical_means:
    'Physical means goods that are sent or services in the real world. Digital goods under this name break Telegram’s terms and may cost you the bot.',
  paysupport:
    'Telegram requires that the bot answers /paysupport. It does; name your contact in the settings.',
  terms:
    'Telegram requires terms that buyers can read. The bot answers /terms; own words stand in the settings.',
}

/** What an edit means, with how many it concerns now. */
function impact({ code, what }: PlanImpact, use: PlanUse): string {
  const held = (n: number, one: string, more: string) => many(n, use.heldIsCut, one, more)
  const offered = (n: number, one: string, more: string) => many(n, use.offeredIsCut, one, more)
  const people = held(use.entitlements, 'person', 'people')
  const running = held(use.subscriptions, 'running subscription', 'running subscriptions')
  const open = offered(use.openInvoices, 'open invoice', 'open invoices')
  const pages = offered(use.openPages, 'open card page', 'open card pages')
  switch (code) {
    case 'words':
      return 'The new words show at once, also in what people bought before.'
    case 'features_added':
      return `${begun(people)} who have the plan get at once: ${what}.`
    case 'features_removed':
      return `${begun(people)} who have the plan lose at once: ${what}.`
    case 'ladder_free':
      return 'Nobody ever had this plan, so its family and tier may change.'
    case 'ladder_sold':
      return 'This plan was sold or given. Its family and tier decide what people have, so they stay. Make a new plan and retire this one.'
    case 'ladder_offered':
      return `Somebody can pay for this plan now (${open}, ${pages}), so family and tier stay. Retire it and try again when they have run out.`
    case 'kind':
      return `Past sales stay what they were: ${running} go on as agreed. ${begun(open)} and ${pages} still sell the old kind until they run out.`
    case 'days':
      return `Past sales keep their days. ${begun(open)} and ${pages} still sell the old days until they run out.`
    case 'goods':
      return `What was paid stays paid. ${begun(offered(use.openCardInvoices, 'open invoice', 'open invoices'))} for a provider’s card can be paid until they run out.`
    case 'price':
      return `${what}: ${running} keep their old price, which Telegram goes on charging, and their renewals are honoured. Open invoices in ${what} (of ${count(use.openInvoices, use.offeredIsCut)}) are refused before payment, and the buyer is told that the price has changed. ${begun(pages)} keep the old price until they run out.`
    case 'price_removed':
      return `${what}: nobody can buy at this price any more. ${begun(running)} keep their price, which goes on being charged, and their renewals are honoured. Open invoices in ${what} (of ${count(use.openInvoices, use.offeredIsCut)}) are refused before payment. ${begun(pages)} can be paid until they run out.`
    case 'price_added':
      return `${what}: the plan can be bought at this price at once, where its rules allow it.`
  }
}

export const planWords = {
  title: 'Plans',
  text: 'What the shop sells, in the order in which buyers see it.',
  create: 'New plan',
  newHeading: 'New plan',
  newText: 'It is on sale as soon as it is saved.',
  caption: 'Plans in the order of the shop',
  empty: 'There is no plan yet.',
  readOnly: 'Your role may look at plans. An owner can change them.',
  columns: {
    name: 'Plan',
    prices: 'Prices',
    family: 'Family',
    tier: 'Tier',
    length: 'Length',
    state: 'State',
    entitlements: 'People',
    subscriptions: 'Renewing',
    openInvoices: 'Open invoices',
    order: 'Order',
  },
  state: { onSale: 'On sale', retired: 'Retired' },
  lifetime: 'for life',
  length: (kind: 'one_off' | 'subscription', days: number | null) =>
    days === null
      ? 'for life'
      : kind === 'subscription'
        ? `renews every ${days} days`
        : `${days} days`,
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  moved: 'Moved',
  count,
  facts: {
    heading: 'As it stands',
    code: 'Code',
    goods: 'Goods',
    features: 'Features',
    none: 'none',
    openPages: 'Open card pages',
  },
  form: {
    heading: 'Edit',
    code: 'Code',
    codeHint: 'Stays for ever: invoices and renewals carry it.',
    name: 'Name',
    nameHint: '32 characters at most',
    description: 'Description',
    descriptionHint: '255 characters at most',
    features: 'Features',
    featuresHint: 'One a line. Your services ask for them by these names.',
    family: 'Family',
    familyHint: 'Plans of one family include each other by tier.',
    tier: 'Tier',
    tierHint: 'A higher tier includes the lower ones.',
    ladderStays: 'Stays: this plan was sold, given or is offered now.',
    kind: 'Kind',
    kinds: { one_off: 'Paid once', subscription: 'Renews by itself' },
    lifetime: 'For life',
    days: 'Days',
    goods: 'Goods',
    goodsNames: { digital: 'Digital', physical: 'Physical goods or a real-world service' },
    stars: 'Price in Stars',
    starsHint: 'Whole Stars. Empty: not sold for Stars.',
    moneys: 'Prices in money',
    money: 'Price in money',
    moneyHint: 'Such as 25.00. Empty: not sold for this money.',
    currency: 'Currency',
    /** Tells the lines of several prices apart. */
    nth: (label: string, n: number) => (n === 1 ? label : `${label} ${n}`),
    addMoney: 'Add a price in another currency',
    dropMoney: (currency: string) => `Take out the price in ${currency || 'money'}`,
    faults: 'This cannot be saved yet',
    notices: 'Good to know',
    unchanged: 'Nothing is changed yet.',
    save: 'Save …',
    saveHeading: (name: string) => `Save ${name}?`,
    confirm: 'Save',
    saved: 'Saved.',
    newIsSold: 'The plan goes on sale at once, at the end of the list.',
  },
  sale: {
    heading: 'Sale',
    retire: 'Retire',
    retireHeading: (name: string) => `Retire ${name}?`,
    retireMeans: (use: PlanUse) => [
      'Nobody can buy it any more.',
      begun(
        `${many(use.entitlements, use.heldIsCut, 'person keeps', 'people keep')} what they have.`,
      ),
      begun(
        `${many(use.subscriptions, use.heldIsCut, 'running subscription goes', 'running subscriptions go')} on: Telegram keeps charging, and renewals are honoured.`,
      ),
      begun(
        `${many(use.openInvoices, use.offeredIsCut, 'open invoice is', 'open invoices are')} refused before payment.`,
      ),
      begun(
        `${many(use.openPages, use.offeredIsCut, 'open card page', 'open card pages')} can still be paid until they run out.`,
      ),
    ],
    retired: 'Retired.',
    putBack: 'Put back on sale',
    putBackHeading: (name: string) => `Put ${name} back on sale?`,
    putBackMeans: 'It can be bought at once, at the prices it has.',
    isBack: 'On sale again.',
  },
  faults,
  notices,
  impact,
}
