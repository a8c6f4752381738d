'use client'

import { useRef } from 'react'
import type { ActionResult } from '@/lib/kit/action-result'

/**
 * An id per sent form: kept while it is not known to have worked, so that trying again does the same
 * thing once; a new one afterwards, and after a refusal, which did nothing.
 */
export function useFormId() {
  const id = useRef<string>(undefined)
  const once = async <T>(act: (id: string) => Promise<ActionResult<T>>) => {
    id.current ??= crypto.randomUUID()
    const result = await act(id.current)
    if (result.ok || result.code !== 'internal_error') id.current = undefined
    return result
  }
  return { once }
}
