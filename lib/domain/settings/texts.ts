/** A part of a long text: a heading of one line, or a paragraph. */
export type Block = { kind: 'heading' | 'paragraph'; text: string }

export type Question = { question: string; answer: string }

/**
 * A text in paragraphs by empty lines; a line that begins with `#` and a space is a heading. Nothing
 * else has a meaning: it is shown as text, never as markup.
 */
export function articleBlocks(text: string): Block[] {
  const separated = text.replace(/^#+ .*$/gm, '\n$&\n')
  return paragraphs(separated).map((paragraph) => {
    const heading = /^#+ (.+)$/.exec(paragraph)?.[1]
    return heading
      ? { kind: 'heading', text: heading.trim() }
      : { kind: 'paragraph', text: paragraph }
  })
}

/** Paragraphs whose first line asks and whose other lines answer. */
export function questionsIn(text: string): Question[] {
  return paragraphs(text).flatMap((paragraph) => {
    const [question = '', ...answer] = paragraph.split('\n')
    return answer.length > 0 ? [{ question: question.trim(), answer: answer.join('\n') }] : []
  })
}

const featureLine = /^([\w.-]+)\s*:\s*(\S.*)$/

/** What buyers read for each feature, by its code. */
export function featureNamesIn(text: string): Map<string, string> {
  const named = lines(text).flatMap((line): [string, string][] => {
    const [, code, name] = featureLine.exec(line) ?? []
    return code && name ? [[code, name]] : []
  })
  return new Map(named)
}

export function areFeatureNames(text: string): boolean {
  return lines(text).every((line) => featureLine.test(line))
}

/** Where a support contact leads; null for words that only a person can follow. */
export function contactLink(contact: string, telegramLink: (name: string) => string) {
  const [, username] = /^@(\w{4,32})$/.exec(contact) ?? []
  if (username) return telegramLink(username)
  if (/^[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?]+$/.test(contact)) return `mailto:${contact}`
  return /^https:\/\/\S+$/.test(contact) && URL.canParse(contact) ? contact : null
}

function paragraphs(text: string): string[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
}

function lines(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter(Boolean)
}
