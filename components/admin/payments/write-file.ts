import { countLines } from './count-lines'

/** A file that a person chose and a page may write. */
export type ChosenFile = {
  createWritable: () => Promise<WritableStream<Uint8Array<ArrayBuffer>>>
  remove?: () => Promise<void>
}

declare global {
  interface Window {
    /** Chromium's. */
    showSaveFilePicker?: (options: {
      suggestedName: string
      types: { accept: Record<string, string[]> }[]
    }) => Promise<ChosenFile>
  }
}

/** `about` is what the server guesses; more may come. */
export type Progress = { rows: number; about: number; bytes: number }
type Outcome = { kind: 'done'; rows: number } | { kind: 'failed' | 'forbidden' }

const tellEveryMs = 200

/** Lets the person choose a place; `cannot` where a page may write no files. */
export async function chooseFile(suggestedName: string): Promise<ChosenFile | 'none' | 'cannot'> {
  if (!window.showSaveFilePicker) return 'cannot'
  try {
    return await window.showSaveFilePicker({
      suggestedName,
      types: [{ accept: { 'text/csv': ['.csv'] } }],
    })
  } catch (error) {
    const isUnchosen = error instanceof DOMException && error.name === 'AbortError'
    return isUnchosen ? 'none' : 'cannot'
  }
}

/**
 * Writes an answer of ours into a file bit by bit, no faster than the disk takes it. What is refused,
 * breaks off or is stopped leaves no file; the last two throw.
 */
export async function writeTo(
  file: ChosenFile,
  ask: () => Promise<Response>,
  { signal, tell }: { signal: AbortSignal; tell: (progress: Progress) => void },
): Promise<Outcome> {
  const sink = await file.createWritable()
  try {
    const response = await ask()
    if (!response.ok || !response.body) {
      await discard(file, sink)
      return { kind: response.status === 403 ? 'forbidden' : 'failed' }
    }
    const about = Number(response.headers.get('x-rows-about') ?? 0)
    const lines = countLines()
    const watch = watching((bytes) => tell({ rows: lines.rows(), about, bytes }), lines.take)
    await response.body.pipeThrough(watch, { signal }).pipeTo(sink, { signal })
    return { kind: 'done', rows: lines.rows() }
  } catch (error) {
    await discard(file, sink)
    throw error
  }
}

type Part = Uint8Array<ArrayBuffer>

/** Lets everything through, and tells now and then how much that was. */
function watching(tell: (bytes: number) => void, take: (part: Part) => void) {
  let bytes = 0
  let toldAt = Number.NEGATIVE_INFINITY
  return new TransformStream<Part, Part>({
    transform(part, passed) {
      take(part)
      bytes += part.byteLength
      const at = performance.now()
      if (at - toldAt > tellEveryMs) {
        toldAt = at
        tell(bytes)
      }
      passed.enqueue(part)
    },
  })
}

/** Choosing a file has emptied it, so an empty one is all that there is to take away. */
async function discard(file: ChosenFile, sink: WritableStream): Promise<void> {
  await sink.abort().catch(() => {})
  await file.remove?.().catch(() => {})
}
