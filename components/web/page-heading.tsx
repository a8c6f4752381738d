import styles from './page-heading.module.css'

export function PageHeading({ heading, intro }: { heading: string; intro: string }) {
  return (
    <header className={styles.header}>
      <h1 id="start" className={styles.heading}>
        {heading}
      </h1>
      <p className={styles.intro}>{intro}</p>
    </header>
  )
}
