import { useState } from 'react'
import { Spinner } from './icons'
import { Stars } from './price'

const PACKS = [100, 500, 1000, 2500, 5000]

type Props = {
  /** How many Stars the purchase lacks; 0 when nothing is being bought. */
  missing: number
  onAdd: (amount: number) => Promise<void>
}

/** Packs of Stars, free of charge here. Packs too small for the purchase are left out. */
export function TopUp({ missing, onAdd }: Props) {
  const [busy, setBusy] = useState<number | null>(null)
  const enough = PACKS.filter((pack) => pack >= missing)
  const packs = enough.length > 0 ? enough : [missing]
  const add = (amount: number) => {
    setBusy(amount)
    void onAdd(amount).finally(() => setBusy(null))
  }
  return (
    <div className="packs">
      {packs.map((pack) => (
        <button
          key={pack}
          type="button"
          className="pack"
          disabled={busy !== null}
          onClick={() => add(pack)}
        >
          <span>
            Add <Stars amount={pack} />
          </span>
          {busy === pack ? <Spinner /> : <span className="pack-free">free here</span>}
        </button>
      ))}
    </div>
  )
}
