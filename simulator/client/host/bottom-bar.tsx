import { Spinner } from '@/simulator/client/icons'
import type { BottomButton, HostState } from './host-state'

function BarButton(props: {
  button: BottomButton
  kind: 'main' | 'secondary'
  onPress: () => void
}) {
  const { button, kind } = props
  return (
    <button
      type="button"
      className={`bar-button bar-${kind}${button.shine ? ' bar-shine' : ''}`}
      style={{
        ...(button.color ? { backgroundColor: button.color } : {}),
        ...(button.textColor ? { color: button.textColor } : {}),
      }}
      disabled={!button.active}
      aria-busy={button.progress}
      onClick={props.onPress}
    >
      <span className={button.progress ? 'bar-text bar-waiting' : 'bar-text'}>{button.text}</span>
      {button.progress ? <Spinner /> : null}
    </button>
  )
}

/** The main and the secondary button, under the page and outside of it. */
export function BottomBar(props: {
  state: HostState
  color: string
  onPress: (event: string) => void
}) {
  const { main, secondary, secondaryPosition } = props.state
  if (!main.visible && !secondary.visible) return null
  return (
    <div className={`bar bar-${secondaryPosition}`} style={{ backgroundColor: props.color }}>
      {secondary.visible ? (
        <BarButton
          button={secondary}
          kind="secondary"
          onPress={() => props.onPress('secondary_button_pressed')}
        />
      ) : null}
      {main.visible ? (
        <BarButton button={main} kind="main" onPress={() => props.onPress('main_button_pressed')} />
      ) : null}
    </div>
  )
}
