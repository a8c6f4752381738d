'use client'

import { useEffect, useEffectEvent } from 'react'
import {
  type MainButton,
  onBackButton,
  onMainButton,
  onThemeChange,
  setBackButton,
  setClosingConfirmation,
  setMainButton,
} from './host'
import { useSession } from './mini-app'

/** Shows Telegram's own main button as long as the calling component is on the page. */
export function useMainButton(button: MainButton, onPress: () => void): void {
  const hasHost = useSession()?.launch.hasHost ?? false
  const { text, isVisible, isEnabled, isBusy } = button
  const press = useEffectEvent(onPress)
  const show = useEffectEvent(() => setMainButton({ text, isVisible, isEnabled, isBusy }))

  useEffect(() => {
    if (hasHost) setMainButton({ text, isVisible, isEnabled, isBusy })
  }, [hasHost, text, isVisible, isEnabled, isBusy])

  useEffect(() => {
    if (!hasHost) return
    const stopListening = onMainButton(() => press())
    const stopFollowing = onThemeChange(() => show())
    return () => {
      stopListening()
      stopFollowing()
      setMainButton({ text: ' ', isVisible: false, isEnabled: false, isBusy: false })
    }
  }, [hasHost])
}

/** Telegram's back button; hidden while `onPress` is null. */
export function useBackButton(onPress: (() => void) | null): void {
  const hasHost = useSession()?.launch.hasHost ?? false
  const isVisible = onPress !== null
  const press = useEffectEvent(() => onPress?.())

  useEffect(() => {
    if (!hasHost || !isVisible) return
    setBackButton(true)
    const stopListening = onBackButton(() => press())
    return () => {
      stopListening()
      setBackButton(false)
    }
  }, [hasHost, isVisible])
}

/** Asks before closing, as long as there is something to lose. */
export function useClosingConfirmation(isOn: boolean): void {
  const hasHost = useSession()?.launch.hasHost ?? false

  useEffect(() => {
    if (!hasHost || !isOn) return
    setClosingConfirmation(true)
    return () => setClosingConfirmation(false)
  }, [hasHost, isOn])
}
