'use client'

import { ErrorPage } from '@/components/web/error-page'
import './globals.css'

/** Stands in for the root layout when that itself fails. */
export default function GlobalError(props: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  )
}
