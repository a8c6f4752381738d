import { expect, test } from './fixtures'

/** What a Mini App asks the person or its host (protocol.md C.3). */

const POPUP = {
  title: 'Really?',
  message: 'This cannot be undone.',
  buttons: [
    { id: 'go', type: 'destructive', text: 'Delete' },
    { id: 'no', type: 'cancel' },
  ],
}

test('host: a popup answers with its button, or without one when dismissed', async ({
  page,
  person,
}) => {
  await person.opensApp('plain')
  const popup = page.getByRole('dialog', { name: 'Really?' })
  await person.says('web_app_open_popup', POPUP)
  await expect(popup).toContainText('This cannot be undone.')
  await expect(popup.getByRole('button', { name: 'Cancel' })).toBeVisible()
  await popup.getByRole('button', { name: 'Delete' }).click()
  await person.hears('popup_closed', { button_id: 'go' })

  await person.says('web_app_open_popup', POPUP)
  await expect(popup).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(popup).toBeHidden()
  await expect.poll(() => person.dataOf('popup_closed')).toEqual([{ button_id: 'go' }, {}])
})

test('host: popups that Web A refuses are answered at once', async ({ page, person }) => {
  await person.opensApp('plain')
  const now = Date.now()
  await page.clock.setFixedTime(now)
  const answers = () => person.dataOf('popup_closed')
  const refused: object[] = [
    { ...POPUP, message: '  ' },
    { ...POPUP, buttons: [] },
    { ...POPUP, buttons: Array.from({ length: 4 }, (_, id) => ({ id: String(id), text: 'x' })) },
  ]
  for (const popup of refused) await person.says('web_app_open_popup', popup)
  await expect.poll(answers).toEqual([{}, {}, {}])

  // A second one while the first is open, and any other question.
  await person.says('web_app_open_popup', POPUP)
  await person.says('web_app_open_popup', POPUP)
  await person.says('web_app_request_phone')
  await expect.poll(answers).toHaveLength(4)
  await person.hears('phone_requested', { status: 'cancelled' })
  await page.getByRole('button', { name: 'Delete' }).click()

  // A fourth one in a row; the clock of the page stands still meanwhile.
  for (const count of [6, 7]) {
    await person.says('web_app_open_popup', POPUP)
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(answers).toHaveLength(count)
  }
  await person.says('web_app_open_popup', POPUP)
  await expect.poll(answers).toHaveLength(8)
  expect((await answers()).at(-1)).toEqual({})
  await page.clock.setFixedTime(now + 2100)
  await person.says('web_app_open_popup', POPUP)
  await expect(page.getByRole('button', { name: 'Delete' })).toBeVisible()
})

test('host: what a browser cannot do is answered as a browser client answers it', async ({
  person,
}) => {
  await person.opensApp('plain', 'web')
  const answers: [method: string, data: object, event: string, answer: object][] = [
    ['open_scan_qr_popup', { text: 'Scan' }, 'scan_qr_popup_closed', {}],
    ['read_text_from_clipboard', { req_id: 'a' }, 'clipboard_text_received', { data: null }],
    ['biometry_get_info', {}, 'biometry_info_received', { available: false }],
    ['check_home_screen', {}, 'home_screen_checked', { status: 'unsupported' }],
    ['add_to_home_screen', {}, 'home_screen_failed', { error: 'UNSUPPORTED' }],
    ['request_fullscreen', {}, 'fullscreen_changed', { is_fullscreen: true }],
    ['set_emoji_status', {}, 'emoji_status_failed', { error: 'UNSUPPORTED' }],
    ['request_emoji_status_access', {}, 'emoji_status_access_requested', { status: 'cancelled' }],
    ['request_file_download', {}, 'file_download_requested', { status: 'cancelled' }],
    ['send_prepared_message', { id: 'x' }, 'prepared_message_failed', { error: 'UNSUPPORTED' }],
    ['check_location', {}, 'location_checked', { available: false }],
    ['request_location', {}, 'location_requested', { available: false }],
    ['start_accelerometer', {}, 'accelerometer_failed', { error: 'UNSUPPORTED' }],
    ['start_gyroscope', {}, 'gyroscope_failed', { error: 'UNSUPPORTED' }],
    ['start_device_orientation', {}, 'device_orientation_failed', { error: 'UNSUPPORTED' }],
    [
      'secure_storage_save_key',
      { req_id: 'b', key: 'k', value: 'v' },
      'secure_storage_failed',
      { req_id: 'b', error: 'UNSUPPORTED' },
    ],
  ]
  for (const [method, data, event, answer] of answers) {
    await person.says(`web_app_${method}`, data)
    await person.hears(event, answer)
  }
})

test('host: an Android client scans codes and has a home screen', async ({ page, person }) => {
  await person.opensApp('plain', 'android')
  await person.says('web_app_open_scan_qr_popup', { text: 'Your ticket' })
  const scanner = page.getByRole('dialog', { name: 'Scan a code' })
  await scanner.getByRole('textbox').fill('ticket-7')
  await scanner.getByRole('button', { name: 'Scan', exact: true }).click()
  await person.hears('qr_text_received', { data: 'ticket-7' })
  await person.says('web_app_close_scan_qr_popup')
  await expect(scanner).toBeHidden()

  await person.says('web_app_check_home_screen')
  await person.hears('home_screen_checked', { status: 'missed' })
  await person.says('web_app_add_to_home_screen')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => person.dataOf('home_screen_added')).toHaveLength(1)
  await person.says('web_app_check_home_screen')
  await person.hears('home_screen_checked', { status: 'added' })
})

test('host: cloud and device storage keep what the app puts there', async ({ person }) => {
  await person.opensApp('plain')
  let requests = 0
  const asks = async (method: string, params: object) => {
    requests += 1
    const req_id = `r${requests}`
    await person.says('web_app_invoke_custom_method', { req_id, method, params })
    const answer = async () => {
      const all = await person.dataOf('custom_method_invoked')
      return all.find((each) => Object(each).req_id === req_id)
    }
    await expect.poll(answer).toBeDefined()
    return await answer()
  }
  expect(await asks('saveStorageValue', { key: 'a', value: '1' })).toMatchObject({ result: true })
  await asks('saveStorageValue', { key: 'b', value: 'два' })
  expect(await asks('getStorageValues', { keys: ['a', 'b', 'c'] })).toMatchObject({
    result: { a: '1', b: 'два', c: '' },
  })
  expect(await asks('getStorageKeys', {})).toMatchObject({ result: ['a', 'b'] })
  await asks('deleteStorageValues', { keys: ['a'] })
  expect(await asks('getStorageKeys', {})).toMatchObject({ result: ['b'] })
  expect(await asks('saveStorageValue', { key: 'no spaces', value: '' })).toMatchObject({
    error: 'KEY_INVALID',
  })
  expect(await asks('somethingElse', {})).toMatchObject({ error: 'METHOD_INVALID' })

  await person.says('web_app_device_storage_save_key', { req_id: 's', key: 'k', value: 'v' })
  await person.hears('device_storage_key_saved', { req_id: 's' })
  // Both outlive the opening.
  await person.closesApp()
  await person.button('Shop').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  await person.says('web_app_device_storage_get_key', { req_id: 'g', key: 'k' })
  await person.hears('device_storage_key_received', { req_id: 'g', value: 'v' })
  await person.says('web_app_device_storage_clear', { req_id: 'c' })
  await person.hears('device_storage_cleared', { req_id: 'c' })
  expect(await asks('getStorageKeys', {})).toMatchObject({ result: ['b'] })
})

test('host: write access and phone number are asked for once and answered', async ({
  page,
  person,
}) => {
  await person.opensApp('official')
  const asks = (method: string) =>
    person.runs(`void (window.answer = '…', app.${method}((yes, more) => {
      window.answer = yes; window.more = more
    }))`)
  const answered = (yes: boolean) => expect.poll(() => person.runs('answer')).toBe(yes)
  // Whoever pressed Start has allowed it already.
  await asks('requestWriteAccess')
  await answered(true)

  await asks('requestContact')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await answered(false)
  await asks('requestContact')
  await page.getByRole('dialog').getByRole('button', { name: 'Share' }).click()
  await answered(true)
  expect(await person.runs('more.responseUnsafe.contact.user_id')).toBe(person.id)
  expect(await person.runs('more.responseUnsafe.contact.phone_number')).toMatch(/^888\d{8}$/)
})

test('host: somebody who never pressed Start is asked for write access', async ({
  page,
  person,
}) => {
  await person.bot.calls('setChatMenuButton', {
    chat_id: person.id,
    menu_button: { type: 'web_app', text: 'Shop', web_app: { url: `${person.appsUrl}/plain` } },
  })
  await person.opensTelegram()
  await person.button('More').click()
  await person.button('Open the Mini App').click()
  await expect(person.frameLocator.getByRole('heading')).toBeVisible()
  for (const [press, status] of [
    ['Cancel', 'cancelled'],
    ['Allow', 'allowed'],
  ] as const) {
    await person.says('web_app_request_write_access')
    await page.getByRole('dialog').getByRole('button', { name: press }).click()
    await person.hears('write_access_requested', { status })
  }
  await person.bot.writes(person.id, 'Thank you for the permission')
  await expect(person.chat).toContainText('Thank you for the permission')
})

test('host: unknown methods are ignored', async ({ page, person }) => {
  await page.addInitScript(() => localStorage.setItem('simulator.version', '6.9'))
  await person.opensApp('plain')
  await person.says('web_app_fly_to_the_moon', { speed: 'high' })
  // Newer than the client that was chosen: a secondary button came with 7.10.
  const button = { is_visible: true, is_active: true, text: 'Later' }
  await person.says('web_app_setup_secondary_button', button)
  const before = (await person.heard()).length
  await person.waitsItsTurn()
  expect(await person.heard()).toHaveLength(before + 1)
  await expect(person.button('Later')).toBeHidden()
  expect(await person.runs('location.hash')).toContain('tgWebAppVersion=6.9')
})
