'use client'

import { ErrorPage } from '@/components/web/error-page'
import './globals.css'

/** Stands in for the root layout when that itself fails. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <ErrorPage />
      </body>
    </html>
  )
}
