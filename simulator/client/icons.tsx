import type { ReactNode } from 'react'

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  send: 'M4.500 11.500L20 4l-5 16-3.500-6.500zM11.500 13.500L20 4',
  down: 'M6 9l6 6 6-6',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  moon: 'M19.500 14.500A8 8 0 019.500 4.500a8 8 0 1010 10z',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  more: 'M12 5.500v.010M12 12v.010M12 18.500v.010',
  sliders: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  star: 'M12 3.600l2.500 5.400 5.900.7-4.400 4 1.200 5.800-5.200-2.900-5.200 2.900 1.200-5.800-4.400-4 5.900-.7z',
  up: 'M6 15l6-6 6 6',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.200a2.800 2.800 0 100 5.600 2.800 2.800 0 000-5.600z',
  out: 'M5 12h14M13 6l6 6-6 6',
  in: 'M19 12H5M11 6l-6 6 6 6',
  plug: 'M9 3v5M15 3v5M6.500 8h11v3.500a5.500 5.500 0 01-11 0zM12 17v4',
  external: 'M8 16L17 7M10 7h7v7',
  window: 'M4 7a2 2 0 012-2h12a2 2 0 012 2v10a2 2 0 01-2 2H6a2 2 0 01-2-2zM4 9.500h16',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}

const STAR =
  'M12 2.600l2.700 5.900 6.400.7-4.800 4.300 1.400 6.300L12 16.600l-5.700 3.200 1.400-6.300L2.900 9.200l6.400-.7z'

/** Drawn, so that it looks the same everywhere; reads as ⭐ for people and tests who listen. */
export function Star() {
  return (
    <span className="star">
      <span className="sr-only">⭐</span>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={STAR} />
      </svg>
    </span>
  )
}

export function IconButton(props: {
  label: string
  icon: IconName
  onClick: () => void
  className?: string
}) {
  return (
    <button
      type="button"
      className={`icon-button ${props.className ?? ''}`}
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  )
}

export function Spinner() {
  return <span className="spinner" aria-hidden="true" />
}

const AVATAR_HUES = [252, 338, 204, 158, 22, 290, 182, 90, 316]

export function Avatar({ id, name, large }: { id: number; name: string; large?: boolean }) {
  const hue = AVATAR_HUES[Math.abs(id) % AVATAR_HUES.length] ?? 252
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
  return (
    <span
      className={large ? 'avatar avatar-large' : 'avatar'}
      style={{ backgroundColor: `hsl(${hue} 45% 31%)` }}
      aria-hidden="true"
    >
      {initials.toUpperCase()}
    </span>
  )
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
