import { expect, test } from './fixtures'
import { servePages } from './pages'

/** The Mini App's page and what surrounds it (protocol.md C.3). */

test('host: talks JSON both ways and listens only to the frame it opened', async ({
  page,
  person,
}) => {
  await person.opensApp('plain')
  await person.says('web_app_request_viewport')
  await person.hears('viewport_changed', { is_expanded: true })
  expect((await person.heard()).every(({ text }) => text)).toBe(true)

  // The same words from the page itself and from another frame are not the Mini App's.
  const words = JSON.stringify({
    eventType: 'web_app_setup_main_button',
    eventData: { is_visible: true, is_active: true, text: 'Not mine' },
  })
  await page.evaluate((message) => {
    postMessage(message, '*')
    const stranger = document.createElement('iframe')
    stranger.srcdoc = `<script>parent.postMessage(${JSON.stringify(message)}, '*')</script>`
    document.body.append(stranger)
  }, words)
  // Nor is what is no JSON text.
  await person.runs(`parent.postMessage({ eventType: 'web_app_close' }, '*')`)
  await person.runs(`parent.postMessage('web_app_close', '*')`)
  await person.waitsItsTurn()
  await expect(person.app).toBeVisible()
  await expect(person.button('Not mine')).toBeHidden()
})

test('host: a page of another origin is not obeyed', async ({ person }) => {
  await person.opensApp('plain')
  const elsewhere = await servePages()
  await person.runs(`void (location.href = ${JSON.stringify(`${elsewhere.url}/plain`)})`)
  const stranger = () => person.page.frames().find((each) => each.url().startsWith(elsewhere.url))
  await expect.poll(() => stranger()?.evaluate('typeof say')).toBe('function')
  await stranger()?.evaluate(`say('web_app_setup_back_button', { is_visible: true })`)
  await stranger()?.evaluate(`say('web_app_close')`)

  // The observer tells what became of it.
  await person.page.getByRole('button', { name: 'Show the observer' }).first().click()
  const observer = person.page.getByRole('complementary', { name: 'Observer' })
  await observer.getByRole('searchbox').fill('not-there-yet')
  await observer.getByRole('searchbox').fill('web_app_close')
  await expect(observer.getByText('ignored').first()).toBeVisible()
  await expect(person.app).toBeVisible()
  await expect(person.app.getByRole('button', { name: 'Back' })).toBeHidden()
  await elsewhere.close()
})

test('host: answers iframe_ready with a style and survives reload_iframe', async ({ person }) => {
  await person.opensApp('plain')
  await expect.poll(() => person.dataOf('set_custom_style')).toHaveLength(1)
  expect((await person.dataOf('set_custom_style'))[0]).toContain('scrollbar')
  await expect.poll(() => person.dataOf('fullscreen_changed')).toEqual([{ is_fullscreen: false }])

  await person.runs(`addEventListener('message', ({ data }) => {
    if (!data.includes('reload_iframe')) return
    say('iframe_will_reload')
    sessionStorage.reloaded = 'by itself'
    location.reload()
  })`)
  await person.button('Mini App menu').click()
  await person.button('Reload').click()
  const state = `document.readyState + ' ' + sessionStorage.reloaded + ' ' + heard.length`
  await expect.poll(() => person.runs(state).catch(() => 'loading')).toBe('complete by itself 0')
  await person.says('web_app_request_viewport')
  await person.hears('viewport_changed')

  // One that promised to reload and does not is loaded anew.
  await expect(async () => {
    // On a slow machine the host may have lost patience with the first reload, and the frame is new.
    await person.says('iframe_ready', { reload_supported: true })
    await person.says('web_app_ready')
    await person.runs(`window.old = true`)
  }).toPass()
  await person.button('Mini App menu').click()
  await person.button('Reload').click()
  await expect.poll(() => person.runs('window.old ?? "new"').catch(() => 'loading')).toBe('new')
})

test('host: the frame carries the sandbox and the permissions of Web A', async ({ person }) => {
  await person.opensApp('plain')
  const frame = person.page.locator('iframe[title="Mini App"]')
  await expect(frame).toHaveAttribute(
    'sandbox',
    'allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-storage-access-by-user-activation',
  )
  await expect(frame).toHaveAttribute('allow', 'camera; microphone; geolocation')
})

test('host: a placeholder stands until web_app_ready', async ({ person }) => {
  // A page that never finishes loading does not run into the host's patience.
  await person.page.route('**/plain', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).concat('<img src="/never" alt="">')
    await route.fulfill({ response, body })
  })
  await person.page.route('**/never', () => {})
  await person.opensApp('plain')
  const placeholder = person.page.getByText('The Mini App is loading')
  await expect(placeholder).toBeAttached()
  await person.says('web_app_ready')
  await expect(placeholder).toBeHidden()
})

test('host: theme and viewport follow the client', async ({ page, person }) => {
  await person.opensApp('plain')
  await person.says('web_app_request_theme')
  await person.hears('theme_changed', { theme_params: { bg_color: '#ffffff' } })
  await page.getByRole('button', { name: 'Switch to dark theme' }).click()
  await person.hears('theme_changed', { theme_params: { bg_color: '#1c1d27' } })

  await person.says('web_app_request_viewport')
  await person.hears('viewport_changed', { is_expanded: true, is_state_stable: true })
  const [before] = await person.dataOf('viewport_changed')
  await page.setViewportSize({ width: 1280, height: 600 })
  await expect
    .poll(async () => (await person.dataOf('viewport_changed')).at(-1))
    .not.toMatchObject(Object(before))
})

test('host: an Android client is half high until the app expands it', async ({ person }) => {
  await person.opensApp('plain', 'android')
  await person.says('web_app_request_viewport')
  await person.hears('viewport_changed', { is_expanded: false })
  await person.says('web_app_expand')
  await person.hears('viewport_changed', { is_expanded: true, is_state_stable: true })
  expect(await person.heard('set_custom_style')).toEqual([])
})

test('host: full screen tells its edges, and putting aside is not closing', async ({ person }) => {
  await person.opensApp('plain', 'web')
  await person.says('web_app_request_fullscreen')
  await person.hears('fullscreen_changed', { is_fullscreen: true })
  await person.hears('content_safe_area_changed', { top: 56 })
  await person.says('web_app_request_fullscreen')
  await person.hears('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' })
  await person.says('web_app_exit_fullscreen')
  await person.hears('fullscreen_changed', { is_fullscreen: false })
  await person.hears('content_safe_area_changed', { top: 0 })

  await person.runs('window.alive = true')
  await person.button('Mini App menu').click()
  await person.button('Minimise').click()
  await person.hears('visibility_changed', { is_visible: false })
  await expect(person.app).toBeHidden()
  await person.button('Return to Corner Shop').click()
  await person.hears('visibility_changed', { is_visible: true })
  expect(await person.runs('window.alive')).toBe(true)
})
