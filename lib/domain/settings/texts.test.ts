import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areFeatureNames, articleBlocks, contactLink, featureNamesIn, questionsIn } from './texts'

const link = (contact: string) => contactLink(contact, (name) => `https://t.me/${name}`)

describe('articleBlocks', () => {
  it('makes paragraphs of empty lines and headings of hashes', () => {
    expect(articleBlocks('# One\r\nFirst\nline\r\n \r\nSecond\n\n## Two\nThird')).toEqual([
      { kind: 'heading', text: 'One' },
      { kind: 'paragraph', text: 'First\nline' },
      { kind: 'paragraph', text: 'Second' },
      { kind: 'heading', text: 'Two' },
      { kind: 'paragraph', text: 'Third' },
    ])
  })

  it('loses no word of what the owner wrote', () => {
    const words = (text: string) => text.split(/[\s#]+/).filter(Boolean)
    const text = fc.array(fc.constantFrom('# ', 'word', ' ', '\n', '\n\n', '\r\n', 'é')).map(join)
    fc.assert(
      fc.property(text, (written) => {
        const shown = articleBlocks(written).map((block) => block.text)
        expect(words(shown.join(' '))).toEqual(words(written))
      }),
    )
  })
})

describe('questionsIn', () => {
  it('takes the first line as the question and ignores questions without an answer', () => {
    expect(questionsIn('Who?\nWe.\nAnd they.\n\nWhy?\n\nWhen?\nNow.')).toEqual([
      { question: 'Who?', answer: 'We.\nAnd they.' },
      { question: 'When?', answer: 'Now.' },
    ])
  })
})

describe('featureNamesIn', () => {
  it('reads a name for each code', () => {
    const text = 'no_ads: No adverts\n\n archive : The archive: all of it '
    expect(areFeatureNames(text)).toBe(true)
    expect(Object.fromEntries(featureNamesIn(text))).toEqual({
      no_ads: 'No adverts',
      archive: 'The archive: all of it',
    })
  })

  it.each(['no_ads', 'no_ads:', 'two words: No', ': No'])('refuses %j', (text) => {
    expect(areFeatureNames(text)).toBe(false)
  })
})

describe('contactLink', () => {
  it.each([
    ['@shop_help', 'https://t.me/shop_help'],
    ['help@shop.example', 'mailto:help@shop.example'],
    ['https://shop.example/help?a=1', 'https://shop.example/help?a=1'],
  ])('leads from %s to %s', (contact, expected) => expect(link(contact)).toBe(expected))

  it.each([
    '',
    'javascript:alert(1)',
    'javascript:alert(1)//@a.b',
    'http://shop.example',
    'https://',
    'data:text/html,hi',
    'Ask at the desk',
    'help@shop.example?bcc=x@y.z',
    '@a b',
  ])('leads nowhere from %j', (contact) => expect(link(contact)).toBeNull())
})

function join(parts: string[]): string {
  return parts.join('')
}
