import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { IconButton } from '@/simulator/client/icons'
import { ClockView } from './clock-view'
import { isOn } from './fault-list'
import { FaultsView } from './faults-view'
import { type Feed, observe, useFeed } from './feed'
import { QueuesView } from './queues-view'
import { showObserver } from './toggle'
import { TrafficView } from './traffic-view'

const TABS = ['Traffic', 'Queues', 'Clock', 'Faults'] as const
type Tab = (typeof TABS)[number]

const VIEWS: Record<Tab, () => React.ReactNode> = {
  Traffic: () => <TrafficView />,
  Queues: () => <QueuesView />,
  Clock: () => <ClockView />,
  Faults: () => <FaultsView />,
}

const countPending = ({ queues }: Feed) =>
  queues.reduce((sum, { updates }) => sum + updates.length, 0)
const countFaults = ({ faults }: Feed) => Object.values(faults ?? {}).filter(isOn).length

function Badge({ count, says }: { count: number; says: string }) {
  if (count === 0) return null
  return (
    <span className="tab-badge">
      {count}
      <span className="sr-only"> {says}</span>
    </span>
  )
}

function Tabs({ tab, onChoose }: { tab: Tab; onChoose: (tab: Tab) => void }) {
  const list = useRef<HTMLDivElement>(null)
  const pending = useFeed(countPending)
  const faults = useFeed(countFaults)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const next = TABS.at((TABS.indexOf(tab) + step) % TABS.length) ?? tab
    onChoose(next)
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label="Observer" ref={list} onKeyDown={onKeyDown}>
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          className="tab"
          data-tab={name}
          id={`observer-tab-${name}`}
          aria-selected={name === tab}
          aria-controls="observer-view"
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {name}
          {name === 'Queues' ? <Badge count={pending} says="waiting" /> : null}
          {name === 'Faults' ? <Badge count={faults} says="on" /> : null}
        </button>
      ))}
    </div>
  )
}

/** Behind the scenes: what is delivered, called and said, what waits, the time, the faults. */
export function Observer() {
  const [tab, setTab] = useState<Tab>('Traffic')
  const connected = useFeed((feed) => feed.connected)
  useEffect(observe, [])
  return (
    <aside className="observer" aria-label="Observer">
      <header className="observer-header">
        <h2>Observer</h2>
        {connected ? null : <span className="offline">connecting…</span>}
        <IconButton label="Close the observer" icon="close" onClick={() => showObserver(false)} />
      </header>
      <Tabs tab={tab} onChoose={setTab} />
      <div
        className="observer-view"
        id="observer-view"
        role="tabpanel"
        aria-labelledby={`observer-tab-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard needs the focus
        tabIndex={0}
      >
        {VIEWS[tab]()}
      </div>
    </aside>
  )
}
