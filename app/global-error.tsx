'use client'

import { webErrorMessages } from '@/lib/messages/web-errors'

/**
 * Stands in for a layout that fails, with the root layout around it. Every page names it to the
 * browser, so its styles are a file that is fetched when it is seen.
 */
export default function GlobalError() {
  const { heading, text, retry } = webErrorMessages
  return (
    <html lang="en">
      <head>
        <title>{heading}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="/global-error.css" />
      </head>
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
