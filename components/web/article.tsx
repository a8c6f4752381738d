import styles from './article.module.css'

type Props = { heading: string; sections: readonly { title: string; text: string }[] }

/** A plain text with headings, such as the terms. */
export function Article({ heading, sections }: Props) {
  return (
    <article className={styles.article}>
      <h1 className={styles.heading}>{heading}</h1>
      {sections.map(({ title, text }) => (
        <section key={title}>
          <h2 className={styles.title}>{title}</h2>
          <p>{text}</p>
        </section>
      ))}
    </article>
  )
}
