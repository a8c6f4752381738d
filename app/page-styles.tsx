'use client'

import { useServerInsertedHTML } from 'next/navigation'
import { useState } from 'react'
import { pageStyles } from '@/lib/web/styles/page-styles'

/**
 * Writes the styles of the page into its head, on the server only: what React knows of would be
 * sent a second time with the data of the page. It counts as one of Next's own sheets, so that
 * later ones come after it.
 */
export function PageStyles({ page, nonce }: { page: string; nonce: string }) {
  const [sent] = useState({ isDone: false })
  useServerInsertedHTML(() => {
    if (sent.isDone) return null
    sent.isDone = true
    const css = pageStyles(page)
    return (
      <style
        nonce={nonce}
        data-precedence="next"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheets.
        dangerouslySetInnerHTML={{ __html: css }}
      />
    )
  })
  return null
}
