import { Icon } from '@/simulator/client/icons'
import { getState, setState, useApp } from '@/simulator/client/store'
import { rememberObserver } from './memory'

export function showObserver(open: boolean): void {
  setState({ observerOpen: open })
  rememberObserver(open)
}

/** Opens and closes the panel that shows what happens behind the scenes. */
export function ObserverButton({ className = '' }: { className?: string }) {
  const open = useApp((state) => state.observerOpen)
  const label = open ? 'Hide the observer' : 'Show the observer'
  return (
    <button
      type="button"
      className={`icon-button observer-toggle ${className}`}
      aria-label={label}
      title={label}
      aria-expanded={open}
      onClick={() => showObserver(!getState().observerOpen)}
    >
      <Icon name="eye" />
    </button>
  )
}
