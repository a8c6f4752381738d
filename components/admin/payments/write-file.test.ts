import { describe, expect, it, vi } from 'vitest'
import { type ChosenFile, type Progress, writeTo } from './write-file'

type Part = Uint8Array<ArrayBuffer>

/** A file in memory; `take` may let the writer wait. */
function fileOf(take: () => Promise<void> = async () => {}) {
  const parts: Part[] = []
  const seen = { isClosed: false, isRemoved: false }
  const file: ChosenFile = {
    createWritable: async () =>
      new WritableStream<Part>({
        async write(part) {
          await take()
          parts.push(part)
        },
        close() {
          seen.isClosed = true
        },
      }),
    remove: async () => {
      seen.isRemoved = true
    },
  }
  return { file, seen, text: () => Buffer.concat(parts).toString('utf8') }
}

const rowsOf = (count: number) => `"a"\n${'"1"\n'.repeat(count)}`
const watching = (controller = new AbortController()) => {
  const told: Progress[] = []
  const tell = (progress: Progress) => {
    told.push(progress)
  }
  return { told, options: { signal: controller.signal, tell } }
}
const csv = (body: BodyInit) => new Response(body, { headers: { 'x-rows-about': '120' } })

/** An answer without an end, and how often it was asked for more. */
function endless() {
  const asked = { times: 0, isCancelled: false }
  const body = new ReadableStream<Part>({
    pull(controller) {
      asked.times += 1
      controller.enqueue(new TextEncoder().encode(rowsOf(10)))
    },
    cancel() {
      asked.isCancelled = true
    },
  })
  return { asked, body }
}

describe('writeTo', () => {
  it('writes the answer as it came, and tells rows beside what the server guessed', async () => {
    const { file, seen, text } = fileOf()
    const { told, options } = watching()
    const outcome = await writeTo(file, async () => csv(rowsOf(100)), options)
    expect(outcome).toEqual({ kind: 'done', rows: 100 })
    expect(text()).toBe(rowsOf(100))
    expect(seen).toEqual({ isClosed: true, isRemoved: false })
    expect(told).toEqual([{ rows: 100, about: 120, bytes: rowsOf(100).length }])
  })

  it('asks for no more than the disk takes', async () => {
    const disk = Promise.withResolvers<void>()
    const { file } = fileOf(() => disk.promise)
    const { asked, body } = endless()
    const controller = new AbortController()
    const { options } = watching(controller)
    const writing = writeTo(file, async () => csv(body), options)
    await vi.waitFor(() => expect(asked.times).toBeGreaterThan(0))
    for (let turn = 0; turn < 1000; turn += 1) await Promise.resolve()
    expect(asked.times).toBeLessThan(10)
    controller.abort()
    disk.resolve()
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('leaves no file and reads no further when it is stopped', async () => {
    const controller = new AbortController()
    const { asked, body } = endless()
    let parts = 0
    const { file, seen } = fileOf(async () => {
      parts += 1
      if (parts === 5) controller.abort()
    })
    const { options } = watching(controller)
    await expect(writeTo(file, async () => csv(body), options)).rejects.toThrow()
    expect(asked.isCancelled).toBe(true)
    expect(seen).toEqual({ isClosed: false, isRemoved: true })
  })

  it('leaves no file when the answer breaks off', async () => {
    const { file, seen } = fileOf()
    let parts = 0
    const body = new ReadableStream<Part>({
      pull(controller) {
        parts += 1
        if (parts < 3) controller.enqueue(new TextEncoder().encode(rowsOf(1)))
        else controller.error(new Error('the connection is gone'))
      },
    })
    await expect(writeTo(file, async () => csv(body), watching().options)).rejects.toThrow('gone')
    expect(seen).toEqual({ isClosed: false, isRemoved: true })
  })

  it.each([
    [403, 'forbidden'],
    [503, 'failed'],
  ])('says of %s that it is %s, and leaves no file', async (status, kind) => {
    const { file, seen } = fileOf()
    const refused = async () => new Response('no', { status })
    expect(await writeTo(file, refused, watching().options)).toEqual({ kind })
    expect(seen).toEqual({ isClosed: false, isRemoved: true })
  })
})
