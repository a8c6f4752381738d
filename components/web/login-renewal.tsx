'use client'

import { useEffect } from 'react'

/** Asks for a fresh session once; rendered only when one is due. Failing is no harm. */
export function LoginRenewal() {
  useEffect(() => {
    fetch('/api/auth/session').catch(() => {})
  }, [])
  return null
}
