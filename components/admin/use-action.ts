'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import type { ActionResult } from '@/lib/kit/action-result'
import { adminMessages } from '@/lib/messages/admin'

/** One server action at a time: what it says, and the page anew after it worked. */
export function useAction() {
  const router = useRouter()
  const running = useRef(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  /** Undefined when it did not work; `problem` says why. A second call meanwhile does nothing. */
  const run = async <T>(act: () => Promise<ActionResult<T>>): Promise<{ value: T } | undefined> => {
    if (running.current) return undefined
    running.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      const result = await act()
      if (result.ok) {
        router.refresh()
        return { value: result.value }
      }
      setProblem(result.detail ?? adminMessages.problems[result.code])
    } catch {
      setProblem(adminMessages.problems.offline)
    } finally {
      running.current = false
      setBusy(false)
    }
    return undefined
  }

  return { isBusy, problem, run, forget: () => setProblem(undefined) }
}
