import { type Host, type Methods, method } from './host'
import { asData, type Data, textOf } from './host-state'
import { readStore, writeStore } from './storage'

/** Cloud storage and other custom methods, device storage, secure storage. */

const CLOUD_KEYS = 1024
const CLOUD_VALUE = 4096
const DEVICE_BYTES = 5 * 1024 * 1024
const SECURE_ITEMS = 10
const KEY = /^[\w-]{1,128}$/

class Refused extends Error {}

function keysOf(params: Data): string[] {
  const keys = Array.isArray(params.keys) ? params.keys.map(String) : []
  if (keys.some((key) => !KEY.test(key))) throw new Refused('KEY_INVALID')
  return keys
}

function saveCloudValue({ session }: Host, params: Data): boolean {
  const key = textOf(params, 'key')
  const value = textOf(params, 'value')
  const cloud = readStore('cloud', session)
  if (!KEY.test(key)) throw new Refused('KEY_INVALID')
  if (value.length > CLOUD_VALUE) throw new Refused('VALUE_INVALID')
  if (!cloud.has(key) && cloud.size >= CLOUD_KEYS) throw new Refused('QUOTA_EXCEEDED')
  writeStore('cloud', session, cloud.set(key, value))
  return true
}

function deleteCloudValues({ session }: Host, params: Data): boolean {
  const cloud = readStore('cloud', session)
  for (const key of keysOf(params)) cloud.delete(key)
  writeStore('cloud', session, cloud)
  return true
}

const CUSTOM: Record<string, (host: Host, params: Data) => unknown> = {
  saveStorageValue: saveCloudValue,
  getStorageValues: ({ session }, params) => {
    const cloud = readStore('cloud', session)
    return Object.fromEntries(keysOf(params).map((key) => [key, cloud.get(key) ?? '']))
  },
  deleteStorageValues: deleteCloudValues,
  getStorageKeys: ({ session }) => [...readStore('cloud', session).keys()],
  // Once per sharing, like the real one, which forgets the contact soon.
  getRequestedContact: ({ session }) => {
    const contact = readStore('contact', session).get('response') ?? ''
    writeStore('contact', session, new Map())
    return contact
  },
}

function invokeCustomMethod(host: Host, data: Data): void {
  const req_id = textOf(data, 'req_id')
  try {
    const run = CUSTOM[textOf(data, 'method')]
    if (!run) throw new Refused('METHOD_INVALID')
    host.send('custom_method_invoked', { req_id, result: run(host, asData(data.params)) })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    host.send('custom_method_invoked', { req_id, error: error.message })
  }
}

type Kind = 'device' | 'secure'

/** Secure storage is for phones; browsers say so. */
function withStore(
  kind: Kind,
  run: (values: Map<string, string>, data: Data, host: Host) => [string, Data],
) {
  return method('9.0', (host, data) => {
    const req_id = textOf(data, 'req_id')
    const fail = (error: string) => host.send(`${kind}_storage_failed`, { req_id, error })
    if (kind === 'secure' && !host.client.isMobile) return fail('UNSUPPORTED')
    try {
      const [event, answer] = run(readStore(kind, host.session), data, host)
      host.send(`${kind}_storage_${event}`, { req_id, ...answer })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      fail(error.message)
    }
  })
}

function hasRoom(kind: Kind, values: Map<string, string>): boolean {
  if (kind === 'secure') return values.size <= SECURE_ITEMS
  return JSON.stringify([...values]).length <= DEVICE_BYTES
}

function storeMethods(kind: Kind): Methods {
  const name = `web_app_${kind}_storage`
  return {
    [`${name}_save_key`]: withStore(kind, (values, data, { session }) => {
      const key = textOf(data, 'key')
      if (key === '') throw new Refused('KEY_INVALID')
      if (data.value === null) values.delete(key)
      else values.set(key, textOf(data, 'value'))
      if (!hasRoom(kind, values)) throw new Refused('QUOTA_EXCEEDED')
      writeStore(kind, session, values)
      return ['key_saved', {}]
    }),
    [`${name}_get_key`]: withStore(kind, (values, data) => {
      const value = values.get(textOf(data, 'key')) ?? null
      return ['key_received', kind === 'secure' ? { value, can_restore: false } : { value }]
    }),
    [`${name}_clear`]: withStore(kind, (_values, _data, { session }) => {
      writeStore(kind, session, new Map())
      return ['cleared', {}]
    }),
  }
}

export const storageMethods: Methods = {
  web_app_invoke_custom_method: method('6.9', invokeCustomMethod),
  ...storeMethods('device'),
  ...storeMethods('secure'),
  web_app_secure_storage_restore_key: method('9.0', ({ client, send }, data) =>
    send('secure_storage_failed', {
      req_id: textOf(data, 'req_id'),
      error: client.isMobile ? 'RESTORE_UNAVAILABLE' : 'UNSUPPORTED',
    }),
  ),
}
