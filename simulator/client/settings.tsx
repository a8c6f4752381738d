import type { ChangeEvent } from 'react'
import type { Platform } from '@/simulator/wire'
import {
  OLD_VERSIONS,
  PERSONALITIES,
  PLATFORMS,
  rememberPlatform,
  rememberVersion,
} from './personality'
import { setState, useApp } from './store'

function choosePlatform(platform: Platform): void {
  rememberPlatform(platform)
  setState({ platform })
}

function chooseVersion(version: string): void {
  rememberVersion(version)
  setState({ version })
}

/** Which of Telegram's clients this one behaves like, and how new it is. */
export function ClientSettings() {
  const platform = useApp((state) => state.platform)
  const version = useApp((state) => state.version)
  const running = useApp((state) => state.miniApp?.platform)
  const { peculiar, version: own } = PERSONALITIES[platform]
  const onPlatform = ({ target }: ChangeEvent<HTMLSelectElement>) => {
    const chosen = PLATFORMS.find((name) => name === target.value)
    if (chosen) choosePlatform(chosen)
  }
  return (
    <section className="side-section client-settings" aria-labelledby="client-heading">
      <h2 id="client-heading">Behave like</h2>
      <div className="selects">
        <select aria-label="Telegram client" value={platform} onChange={onPlatform}>
          {PLATFORMS.map((name) => (
            <option key={name} value={name}>
              {PERSONALITIES[name].name}
            </option>
          ))}
        </select>
        <select
          aria-label="Version of the bridge"
          value={version}
          onChange={({ target }) => chooseVersion(target.value)}
        >
          <option value="">Bridge {own}</option>
          {OLD_VERSIONS.map((old) => (
            <option key={old} value={old}>
              Bridge {old}
            </option>
          ))}
        </select>
      </div>
      <p className="side-note">
        {peculiar}
        {running && running !== platform ? ' The open Mini App keeps its client.' : ''}
      </p>
    </section>
  )
}
