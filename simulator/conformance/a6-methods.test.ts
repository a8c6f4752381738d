import { expect } from 'vitest'
import { ANN, BEN, type Bench, INVOICE, startBench } from '@/simulator/server/testing/harness'
import { press, refusal, TOO_OLD } from './helpers'
import { prove } from './prove'
import { methods } from './rules/a5-a6-methods'

async function started(): Promise<Bench> {
  const bench = await startBench()
  await bench.say('/start')
  return bench
}

const keyboard = (extra: object) => ({ inline_keyboard: [[{ text: 'x', ...extra }]] })

/** The button as it comes back. */
async function button(bench: Bench, extra: object): Promise<unknown> {
  const parameters = { chat_id: ANN, text: 'x', reply_markup: keyboard(extra) }
  const { result } = await bench.api('sendMessage', parameters)
  const message = result as { reply_markup?: { inline_keyboard: unknown[][] } } | undefined
  return message?.reply_markup?.inline_keyboard[0]?.[0]
}

prove(methods, {
  'A.6-me-1': async () => {
    const { result } = await (await startBench()).api('getMe')
    expect(Object.keys(result as object)).toEqual([
      'id',
      'is_bot',
      'first_name',
      'username',
      'can_join_groups',
      'can_read_all_group_messages',
      'supports_inline_queries',
      'supports_guest_queries',
      'can_connect_to_business',
      'has_main_web_app',
      'has_topics_enabled',
      'allows_users_to_create_topics',
      'can_manage_bots',
    ])
  },
  'A.6-send-1': async () => {
    const bench = await startBench()
    const bad = { text: '', reply_markup: keyboard({}), chat_id: '' }
    const send = (more: object) => refusal(bench, 'sendMessage', { ...bad, ...more })
    expect(await send({})).toMatch(/message text is empty$/)
    expect(await send({ text: 'x' })).toMatch(/Text buttons are unallowed/)
    expect(await send({ text: 'x', reply_markup: '' })).toMatch(/chat_id is empty$/)
    expect(await send({ text: 'x', reply_markup: '', chat_id: 5 })).toMatch(/chat not found$/)
    expect(await send({ text: 'x', reply_markup: '', chat_id: BEN })).toMatch(/^Forbidden/)
  },
  'A.6-send-3': async () => {
    const bench = await started()
    const { result } = await bench.api('sendMessage', { chat_id: ANN, text: 'Hi' })
    expect(result).toMatchObject({ message_id: 2, from: { is_bot: true }, chat: { id: ANN } })
    const updates = (await bench.api('getUpdates')).result as unknown[]
    expect(updates).toMatchObject([{ message: { text: '/start' } }])
  },
  'A.6-button-1': async () => {
    const bench = await started()
    const all = { url: 'https://x.test', callback_data: 'd', web_app: { url: 'https://x.test' } }
    expect(await button(bench, all)).toEqual({ text: 'x', url: 'https://x.test' })
    const { url, ...two } = all
    expect(await button(bench, two)).toEqual({ text: 'x', callback_data: 'd' })
    expect(await button(bench, { web_app: all.web_app, copy_text: { text: 'c' } })).toEqual({
      text: 'x',
      web_app: all.web_app,
    })
  },
  'A.6-button-2': async () => {
    const bench = await started()
    const reply_markup = keyboard({ pay: false, web_app: { url: 'https://x.test' } })
    const { result } = await bench.api('sendInvoice', { ...INVOICE, chat_id: ANN, reply_markup })
    expect(result).toMatchObject({
      reply_markup: { inline_keyboard: [[{ text: 'x', pay: true }]] },
    })
  },
  'A.6-button-3': async () => {
    const bench = await started()
    const parameters = { chat_id: ANN, text: 'x', reply_markup: keyboard({}) }
    expect(await refusal(bench, 'sendMessage', parameters)).toBe(
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
  },
  'A.6-button-4': async () => {
    const bench = await started()
    const send = (callback_data: string) =>
      bench.api('sendMessage', {
        chat_id: ANN,
        text: 'x',
        reply_markup: keyboard({ callback_data }),
      })
    expect((await send('я'.repeat(33))).description).toBe('Bad Request: BUTTON_DATA_INVALID')
    expect((await send('я'.repeat(32))).ok).toBe(true)
  },
  'A.6-callback-1': async () => {
    const bench = await started()
    const { callback_query_id } = await press(bench)
    expect((await bench.api('answerCallbackQuery', { callback_query_id })).result).toBe(true)
    expect(await refusal(bench, 'answerCallbackQuery', { callback_query_id })).toBe(TOO_OLD)
    const late = { callback_query_id: (await press(bench)).callback_query_id }
    await bench.advance(151)
    expect(await refusal(bench, 'answerCallbackQuery', late)).toBe(TOO_OLD)
  },
  'A.6-menu-1': async () => {
    const bench = await startBench()
    await bench.api('setChatMenuButton', { menu_button: { type: 'commands' } })
    await bench.api('setChatMenuButton', { menu_button: '' })
    expect((await bench.api('getChatMenuButton')).result).toEqual({ type: 'default' })
    const set = (menu_button: unknown) => refusal(bench, 'setChatMenuButton', { menu_button })
    expect(await set('{')).toBe("Bad Request: can't parse menu button JSON object")
    expect(await set({ type: 'x' })).toBe(
      "Bad Request: can't parse menu button: MenuButton has unsupported type",
    )
    expect(await set({ type: 'web_app', text: 'Shop' })).toMatch(/"web_app"$/)
    expect(await set({ type: 'web_app', web_app: { url: 'https://x.test' } })).toMatch(/"text"$/)
  },
  'A.6-menu-2': async () => {
    const bench = await startBench()
    const set = (chat_id: number) => refusal(bench, 'setChatMenuButton', { chat_id })
    expect(await set(-5)).toBe('Bad Request: invalid chat_id specified')
    expect(await set(5)).toBe('Bad Request: user not found')
    const menu_button = { type: 'web_app', text: 'Shop', web_app: { url: 'https://x.test/' } }
    const own = await bench.api('setChatMenuButton', { chat_id: ANN, menu_button })
    expect(own.result).toBe(true)
    expect((await bench.api('getChatMenuButton', { chat_id: ANN })).result).toEqual(menu_button)
    expect((await bench.api('getChatMenuButton')).result).toEqual({ type: 'default' })
  },
  'A.6-commands-1': async () => {
    const bench = await startBench()
    const set = (commands: unknown) => refusal(bench, 'setMyCommands', { commands })
    expect(await set('{')).toBe("Bad Request: can't parse commands JSON object")
    expect(await set({})).toBe('Bad Request: expected an Array of BotCommand')
    expect(await set([{ description: 'x' }])).toMatch(/^Bad Request: can't parse BotCommand: /)
    const commands = [{ command: 'buy', description: 'Buy' }]
    await bench.api('setMyCommands', { commands })
    expect((await bench.api('getMyCommands')).result).toEqual(commands)
    await bench.api('setMyCommands', { commands: [] })
    expect((await bench.api('getMyCommands')).result).toEqual([])
  },
  'A.6-commands-2': async () => {
    const commands = [{ command: 'Buy', description: 'x' }]
    const text = await refusal(await startBench(), 'setMyCommands', { commands })
    expect(text).toBe('Bad Request: BOT_COMMAND_INVALID')
  },
  'A.6-edit-1': async () => {
    const bench = await started()
    const sent = await bench.api('sendMessage', { chat_id: ANN, text: 'x' })
    const { message_id } = sent.result as { message_id: number }
    const reply_markup = keyboard({ callback_data: 'd' })
    const edit = { chat_id: ANN, message_id, text: 'y', reply_markup }
    expect((await bench.api('editMessageText', edit)).result).toMatchObject({
      message_id,
      text: 'y',
      edit_date: expect.any(Number),
      reply_markup,
    })
  },
})
