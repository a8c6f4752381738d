'use client'

import { useRouter } from 'next/navigation'
import { useActionState, useEffect, useRef, useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { formatMoney } from '@/lib/kit/money'
import { payMessages } from '@/lib/messages/pay'
import styles from './pay.module.css'
import { PayButton } from './pay-button'
import { isStale, problemText, type StartPayment, type StartProblem, type WebWay } from './start'

type Props = {
  planCode: string
  ways: readonly WebWay[]
  start: StartPayment
  /** Where one logs in and comes back from, when the session has ended. */
  loginPath: string
}

type Result = { ok: true } | StartProblem | null

/** A button per way to pay. One press is one attempt, however often it is pressed. */
export function PayButtons({ planCode, ways, start, loginPath }: Props) {
  const router = useRouter()
  const isUnderWay = useRef(false)
  const [method, setMethod] = useState<WebWay['method']>()
  const [isReturned, setIsReturned] = useState(false)

  const begin = async (previous: Result, way: WebWay): Promise<Result> => {
    if (isUnderWay.current) return previous
    isUnderWay.current = true
    setMethod(way.method)
    setIsReturned(false)
    const answer = await start({ plan_code: planCode, ...way }).catch(() => offline)
    if (answer.ok) {
      window.location.assign(answer.value.href)
      return { ok: true }
    }
    isUnderWay.current = false
    if (isStale(answer)) router.refresh()
    return answer
  }
  const [result, submit, isPending] = useActionState<Result, WebWay>(begin, null)

  // A browser that goes back may show this page as it was left.
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      isUnderWay.current = false
      setIsReturned(true)
      router.refresh()
    }
    window.addEventListener('pageshow', onShow)
    return () => window.removeEventListener('pageshow', onShow)
  }, [router])

  const isLeaving = result?.ok === true && !isReturned
  const problem = result?.ok === false && !isPending && !isReturned ? result : null
  return (
    <div className={styles.ways}>
      {ways.map((way, index) => (
        <form key={way.method} action={() => submit(way)}>
          <PayButton
            look={index === 0 ? 'main' : 'soft'}
            isBusy={isPending || isLeaving}
            isChosen={way.method === method}
            label={labelOf(way)}
          />
        </form>
      ))}
      <div role="alert" className={problem ? styles.problem : styles.none}>
        {problem ? (
          <>
            <Icon name="alert" />
            <p>
              {problemText(problem)}{' '}
              {problem.code === 'unauthorized' ? (
                <a href={loginPath}>{payMessages.problems.logIn}</a>
              ) : null}
            </p>
          </>
        ) : null}
      </div>
    </div>
  )
}

const offline: StartProblem = { ok: false, code: 'offline' }

function labelOf({ method, price }: WebWay): string {
  const { stars, card } = payMessages.start
  return method === 'stars' ? stars(formatMoney(price)) : card(formatMoney(price))
}
