import styles from './article.module.css'

type Props = {
  heading: string
  blocks: readonly { kind: 'heading' | 'paragraph'; text: string }[]
}

/** A plain text with headings, such as the terms. */
export function Article({ heading, blocks }: Props) {
  return (
    <article className={styles.article}>
      <h1 id="start" className={styles.heading}>
        {heading}
      </h1>
      {blocks.map(({ kind, text }, index) =>
        kind === 'heading' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finished text, nothing moves in it.
          <h2 key={index} className={styles.title}>
            {text}
          </h2>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finished text, nothing moves in it.
          <p key={index}>{text}</p>
        ),
      )}
    </article>
  )
}
