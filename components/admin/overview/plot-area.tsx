'use client'

import dynamic from 'next/dynamic'
import styles from './overview.module.css'
import type { PlotProps } from './plot'

// Drawn in the browser alone: the page's policy forbids styles in markup, which the library would
// write on the server. Other pages need not load it.
const Plot = dynamic(() => import('./plot').then((loaded) => loaded.Plot), { ssr: false })

/** The picture, and its room before it is there. The table beside it says the same in numbers. */
export function PlotArea({ spoken, ...plot }: PlotProps & { spoken: string }) {
  return (
    <div className={styles.plot} role="img" aria-label={spoken}>
      <Plot {...plot} />
    </div>
  )
}
