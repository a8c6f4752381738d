'use client'

import { useEffect, useRef } from 'react'
import { Mark } from '@/components/web/mark'
import type { Settings } from '@/lib/domain/settings/schema'
import { linkColour, textOn } from '@/lib/domain/settings/theme'
import { settingsWords as words } from '@/lib/messages/admin-settings'
import styles from './settings.module.css'

type Props = { values: Pick<Settings, 'shopName' | 'headline' | 'logo'>; accent: string }

/** The shop's header, a plan and its button in the colours of the form. */
export function Preview({ values, accent, scheme }: Props & { scheme: 'light' | 'dark' }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The page's policy allows no style in markup, but scripts may set one.
    box.current?.style.setProperty('--accent', accent)
    box.current?.style.setProperty('--on-accent', textOn(accent))
    box.current?.style.setProperty('--link', linkColour(accent, scheme))
  }, [accent, scheme])
  return (
    <figure>
      <figcaption className={styles.caption}>{words[scheme]}</figcaption>
      <div ref={box} className={`${styles.preview} ${styles[scheme]}`}>
        <div className={styles.brand}>
          <Mark logo={values.logo || null} size={30} />
          <span>{values.shopName}</span>
          <span className={styles.link}>{words.link}</span>
        </div>
        {values.headline ? <p className={styles.headline}>{values.headline}</p> : null}
        <div className={styles.card}>
          <strong>{words.planName}</strong>
          <span>{words.planText}</span>
          <span className={styles.buy}>{words.buy}</span>
        </div>
      </div>
    </figure>
  )
}
