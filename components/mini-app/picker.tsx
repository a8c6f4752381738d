'use client'

import { useEffect, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { formatMoney } from '@/lib/kit/money'
import { miniAppMessages } from '@/lib/messages/mini-app'
import { Dock } from './dock'
import { Header } from './frame'
import { feel } from './host'
import { RowLink } from './links'
import { useSession } from './mini-app'
import { periodOf } from './offer-state'
import styles from './picker.module.css'
import type { Offer } from './plan-groups'
import type { Notice, Phase } from './purchase'
import { TierCard } from './tier-card'
import { useClosingConfirmation, useMainButton } from './use-host-buttons'
import type { Offers } from './use-offers'
import type { PurchaseControls } from './use-purchase'
import { Ways } from './ways'

type Props = {
  offers: Offers
  controls: PurchaseControls
  notice: Notice | null
  /** Not null when the person's plans could not be loaded. */
  onReload: (() => void) | null
}

/** The plans as radio buttons, and the button that buys. */
export function Picker({ offers, controls, notice, onReload }: Props) {
  const session = useSession()
  const { selected, views, select } = offers
  const { phase } = controls.purchase
  const isBusy = phase.name !== 'idle'
  const shown = offers.find(planCodeOf(phase) ?? '') ?? selected
  const isRenewal = shown ? (views.get(shown.code)?.isRenewal ?? false) : false
  const price = shown === selected ? offers.way?.price : shown?.price
  const { shop } = miniAppMessages
  const button = {
    text: shown && price ? wordsOf(shown, formatMoney(price), isRenewal) : shop.choose,
    isVisible: shown !== undefined,
    isEnabled: !isBusy && !isBlocking(notice),
    isBusy,
  }
  const press = () => {
    if (selected && offers.way && button.isEnabled) controls.buy(selected.code, offers.way.method)
  }
  useMainButton(button, press)
  useClosingConfirmation(isBusy)

  const tiers = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Somebody may have tapped before the page was awake; the browser kept it, React did not.
    const early = tiers.current?.querySelector<HTMLInputElement>('input:checked')
    if (early) select(early.value)
  }, [select])

  const choose = (planCode: string) => {
    select(planCode)
    if (session?.launch.hasHost) feel('selection')
  }
  return (
    <>
      <Header heading={shop.heading} intro={shop.intro} />
      <div ref={tiers} className={styles.tiers} role="radiogroup" aria-label={shop.choices}>
        {offers.groups.map((group) => (
          <TierCard
            key={group.key}
            group={group}
            states={views}
            selected={selected?.code ?? null}
            onSelect={choose}
          />
        ))}
      </div>
      {onReload && !notice ? <ReloadRow onReload={onReload} /> : null}
      <Dock
        phase={phase}
        notice={notice}
        hint={(selected && views.get(selected.code)?.hint) ?? null}
        onDismiss={controls.dismiss}
        onNoticeRead={controls.readNotice}
      >
        {selected && offers.way && selected.ways.length > 1 && !isBusy && !notice ? (
          <Ways ways={selected.ways} chosen={offers.way.method} onChoose={offers.pay} />
        ) : null}
        {session && !session.launch.hasHost && button.isVisible ? (
          <Button isBusy={isBusy} isDisabled={!button.isEnabled} onPress={press}>
            {button.text}
          </Button>
        ) : null}
      </Dock>
      <RowLink href="/app/account">{shop.account}</RowLink>
    </>
  )
}

function wordsOf(offer: Offer, price: string, isRenewal: boolean): string {
  const { shop } = miniAppMessages
  if (offer.kind === 'subscription') return shop.subscribe(price, periodOf(offer))
  return (isRenewal ? shop.renew : shop.buy)(offer.name, price)
}

function ReloadRow({ onReload }: { onReload: () => void }) {
  return (
    <div className={styles.reload}>
      <p>{miniAppMessages.notice.entitlementsFailed}</p>
      <Button look="text" onPress={onReload}>
        {miniAppMessages.notice.retry}
      </Button>
    </div>
  )
}

function planCodeOf(phase: Phase): string | null {
  if ('invoice' in phase) return phase.invoice.planCode
  return 'planCode' in phase ? phase.planCode : null
}

function isBlocking(notice: Notice | null): boolean {
  const codes: (string | undefined)[] = ['rate_limited', 'init_data_expired', 'unauthorized']
  return codes.includes(notice?.code)
}
