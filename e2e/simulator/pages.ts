import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SHOP } from './shop-page'

/** Mini Apps for the tests, on a server of their own. */

const HEAD = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Test app</title>
<meta name="viewport" content="width=device-width">`

/** Speaks to the host without any script of Telegram's: what arrives is written down as it came. */
const PLAIN = `${HEAD}
<script>
const kept = JSON.parse(sessionStorage.heard ?? '[]')
window.heard = location.hash.includes('keep') ? kept : []
window.host = { origin: '' }
addEventListener('message', (event) => {
  if (event.source !== parent) return
  host.origin = event.origin
  heard.push({ text: typeof event.data === 'string', ...JSON.parse(event.data) })
})
window.say = (eventType, eventData) => parent.postMessage(JSON.stringify({ eventType, eventData }), '*')
</script>
<h1>Plain app</h1>
<button onclick="say('web_app_open_link', { url: this.dataset.url })">Open a link</button>`

/** Runs the official script, and writes down what it tells the app. */
const OFFICIAL = `${HEAD}
<script src="/telegram-web-app.js"></script>
<script>
const app = Telegram.WebApp
window.told = []
for (const name of ['themeChanged', 'viewportChanged', 'safeAreaChanged', 'contentSafeAreaChanged',
  'mainButtonClicked', 'secondaryButtonClicked', 'backButtonClicked', 'settingsButtonClicked', 'invoiceClosed',
  'popupClosed', 'writeAccessRequested', 'contactRequested', 'fullscreenChanged', 'activated', 'deactivated']) {
  app.onEvent(name, (data) => told.push({ name, ...data }))
}
</script>
<h1>Official app</h1>`

export type Pages = { url: string; close: () => Promise<void> }

export async function servePages(): Promise<Pages> {
  const script = await readFile('node_modules/@twa-dev/sdk/dist/telegram-web-apps.js')
  const files = new Map<string, [type: string, body: string | Buffer]>([
    ['/plain', ['text/html', PLAIN]],
    ['/official', ['text/html', OFFICIAL]],
    ['/shop', ['text/html', SHOP]],
    ['/telegram-web-app.js', ['text/javascript', script]],
  ])
  const server = createServer(({ url = '' }, response) => {
    const [type, body] = files.get(url.split(/[?#]/)[0] ?? '') ?? ['text/plain', 'Nothing here']
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
