import styles from './icon.module.css'

const shapes = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M9 5.5l6.5 6.5L9 18.5',
  copy: 'M8.5 8.5h11v11h-11ZM15.5 8.5v-4h-11v11h4',
  clock: 'M12 7.5V12l3 2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z',
  star: 'm12 4 2.4 5 5.6.700-4.1 3.9 1.05 5.5L12 16.4l-4.95 2.7 1.05-5.5L4 9.7 9.6 9Z',
  alert: 'M12 8v5M12 16.3v.200M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Z',
  send: 'M20.5 4 3.5 11l6 2.3M20.5 4l-3.5 16-7.5-6.7M20.5 4 9.5 13.3V19',
}

/** A line drawing in the colour of the text around it; never the only carrier of a meaning. */
export function Icon({ name, size = 20 }: { name: keyof typeof shapes; size?: number }) {
  return (
    <svg className={styles.icon} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
