'use client'

import { webErrorMessages } from '@/lib/messages/web-errors'
import './global-error.css'

/** Stands in for the root layout when that itself fails. */
export default function GlobalError() {
  const { heading, text, retry } = webErrorMessages
  return (
    <html lang="en">
      <body>
        <main className="global-error">
          <h1>{heading}</h1>
          <p>{text}</p>
          <button type="button" onClick={() => window.location.reload()}>
            {retry}
          </button>
        </main>
      </body>
    </html>
  )
}
