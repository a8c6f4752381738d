import { useState } from 'react'
import { Spinner } from '@/simulator/client/icons'
import { Stars } from '@/simulator/client/price'

const PACKS = [100, 500, 1000, 2500, 5000]
const COMPACT_PACKS = [100, 500, 1000, 5000]

type Props = {
  /** How many Stars the purchase lacks; 0 when nothing is being bought. */
  missing: number
  /** In a row, without words. */
  compact?: boolean
  onAdd: (amount: number) => Promise<void>
}

/** Packs of Stars, free of charge here. Packs too small for the purchase are left out. */
export function TopUp({ missing, compact = false, onAdd }: Props) {
  const [busy, setBusy] = useState<number | null>(null)
  const enough = (compact ? COMPACT_PACKS : PACKS).filter((pack) => pack >= missing)
  const packs = enough.length > 0 ? enough : [missing]
  const add = (amount: number) => {
    setBusy(amount)
    void onAdd(amount).finally(() => setBusy(null))
  }
  const rest = (pack: number) =>
    busy === pack ? <Spinner /> : compact ? null : <span className="pack-free">free here</span>
  return (
    <div className={compact ? 'packs packs-row' : 'packs'}>
      {packs.map((pack) => (
        <button
          key={pack}
          type="button"
          className="pack"
          disabled={busy !== null}
          onClick={() => add(pack)}
        >
          <span>
            <span className={compact ? 'sr-only' : undefined}>Add </span>
            <Stars amount={pack} />
          </span>
          {rest(pack)}
        </button>
      ))}
    </div>
  )
}
