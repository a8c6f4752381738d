import button from '@/components/ui/button.module.css'
import { Spinner } from '@/components/ui/spinner'
import { Star } from '@/components/web/star'
import { payMessages } from '@/lib/messages/pay'

type Props = {
  look: 'main' | 'soft'
  isBusy: boolean
  /** Whether this is the one that was pressed. */
  isChosen: boolean
  label: string
}

/** Sends the form around it. */
export function PayButton({ look, isBusy, isChosen, label }: Props) {
  return (
    <button
      type="submit"
      className={`${button.button} ${button[look]}`}
      disabled={isBusy}
      aria-busy={isBusy && isChosen}
    >
      {isBusy && isChosen ? (
        <>
          <Spinner />
          {payMessages.start.busy}
        </>
      ) : (
        <Label text={label} />
      )}
    </button>
  )
}

function Label({ text }: { text: string }) {
  const [before, after] = text.split('⭐')
  if (after === undefined) return text
  return (
    <span>
      {before}
      <Star />
      {after}
    </span>
  )
}
