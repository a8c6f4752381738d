import { describe, expect, it } from 'vitest'
import { Params } from '@/simulator/server/bot-api/params'
import { formattedText } from './text'

function format(text: string, mode = '') {
  const params = new Params()
  params.add([
    ['text', text],
    ['parse_mode', mode],
  ])
  return formattedText(params)
}

describe('formatted text', () => {
  it('reads HTML, with offsets in UTF-16 units', () => {
    const source = '😀 <b>bold <i>both</i></b> &lt;3 <a href="https://x.test/?a=1&amp;b=2">link</a>'
    expect(format(source, 'HTML')).toEqual({
      text: '😀 bold both <3 link',
      entities: [
        { offset: 3, length: 9, type: 'bold' },
        { offset: 8, length: 4, type: 'italic' },
        { offset: 16, length: 4, type: 'text_link', url: 'https://x.test/?a=1&b=2' },
      ],
    })
  })

  it('reads MarkdownV2', () => {
    const source = '*bold _both_* \\. `a.b` [x](https://x.test/\\)) ||spoiler||'
    expect(format(source, 'MarkdownV2')).toEqual({
      text: 'bold both . a.b x spoiler',
      entities: [
        { offset: 0, length: 9, type: 'bold' },
        { offset: 5, length: 4, type: 'italic' },
        { offset: 12, length: 3, type: 'code' },
        { offset: 16, length: 1, type: 'text_link', url: 'https://x.test/)' },
        { offset: 18, length: 7, type: 'spoiler' },
      ],
    })
  })

  it('finds commands, links and mentions by itself', () => {
    const text = ' /buy@my_plans_bot pro, see https://x.test/a. or @somebody '
    expect(format(text).entities).toEqual([
      { offset: 0, length: 17, type: 'bot_command' },
      { offset: 27, length: 16, type: 'url' },
      { offset: 48, length: 9, type: 'mention' },
    ])
  })
})
