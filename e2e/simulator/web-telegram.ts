import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { selfSigned } from './certificate'

export const WEB_TELEGRAM = 'web.telegram.org'

export type Front = {
  /** What makes a Chromium take this for https://web.telegram.org. */
  chromiumArguments: string[]
  close: () => Promise<void>
}

/** Stands before a local Telegram as https://web.telegram.org. */
export async function serveAsWebTelegram(simulatorUrl: string): Promise<Front> {
  const { hostname, port } = new URL(simulatorUrl)
  const server = createServer(selfSigned(WEB_TELEGRAM), (incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const onward = request({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: ours } = server.address() as AddressInfo
  return {
    chromiumArguments: [
      `--host-resolver-rules=MAP ${WEB_TELEGRAM}:443 127.0.0.1:${ours}`,
      '--ignore-certificate-errors',
      '--test-third-party-cookie-phaseout',
      // In place of Playwright's list, which turns the partitioning of storage off. Browsers have it
      // on, and without it a blocked third party cannot keep anything at all.
      '--disable-features=HttpsUpgrades,Translate',
    ],
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
