/**
 * Simulated time is real time plus an offset. Everything that waits in the simulator waits on this
 * one scheduler, so that moving the clock moves retries, deadlines, forms and renewals together.
 */

type Entry = { due: number; order: number; run: (() => void) | undefined }

export type Timer = { cancel: () => void }

const LONGEST_REAL_WAIT = 2 ** 31 - 1

function before(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order)
}

/** A binary heap, earliest entry first. */
class Heap {
  #items: Entry[] = []

  peek(): Entry | undefined {
    return this.#items[0]
  }

  push(entry: Entry): void {
    const items = this.#items
    let index = items.length
    items.push(entry)
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = items[parentIndex]
      if (parent === undefined || !before(entry, parent)) break
      items[index] = parent
      index = parentIndex
    }
    items[index] = entry
  }

  pop(): Entry | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    let index = 0
    for (;;) {
      let childIndex = index * 2 + 1
      let child = items[childIndex]
      const right = items[childIndex + 1]
      if (child !== undefined && right !== undefined && before(right, child)) {
        childIndex += 1
        child = right
      }
      if (child === undefined || !before(child, last)) break
      items[index] = child
      index = childIndex
    }
    items[index] = last
    return top
  }
}

export class Clock {
  #offset: number
  #heap = new Heap()
  #order = 0
  #real: NodeJS.Timeout | undefined
  #moves: Promise<void> = Promise.resolve()
  #moving = false
  #closed = false
  /** Resolves when what was set off by the last step has come to rest; set by the simulator. */
  whenQuiet: () => Promise<void> = async () => {}

  constructor(start?: Date) {
    this.#offset = start === undefined ? 0 : start.getTime() - Date.now()
  }

  /** Milliseconds since 1970, simulated. */
  now(): number {
    return Date.now() + this.#offset
  }

  unix(): number {
    return Math.floor(this.now() / 1000)
  }

  get offsetSeconds(): number {
    return this.#offset / 1000
  }

  after(milliseconds: number, run: () => void): Timer {
    return this.at(this.now() + milliseconds, run)
  }

  at(due: number, run: () => void): Timer {
    const entry: Entry = { due, order: this.#order++, run }
    this.#heap.push(entry)
    if (this.#heap.peek() === entry) this.#arm()
    return {
      cancel: () => {
        entry.run = undefined
      },
    }
  }

  /**
   * Walks through everything that falls due on the way instead of jumping over it: a renewal of
   * day 30 is delivered on day 30 even when the caller asks for 60 days at once.
   */
  advance(milliseconds: number): Promise<void> {
    const move = this.#moves.then(() => this.#walk(milliseconds))
    this.#moves = move.catch(() => {})
    return move
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#real)
  }

  async #walk(milliseconds: number): Promise<void> {
    this.#moving = true
    clearTimeout(this.#real)
    try {
      await this.whenQuiet()
      const target = this.#offset + milliseconds
      for (;;) {
        const next = this.#next()
        if (next === undefined || next.due > Date.now() + target || this.#closed) break
        this.#offset = Math.max(this.#offset, Math.min(target, next.due - Date.now()))
        this.#runDue(Math.max(next.due, this.now()))
        await this.whenQuiet()
      }
      this.#offset = Math.max(this.#offset, target)
    } finally {
      this.#moving = false
      this.#arm()
    }
  }

  #next(): Entry | undefined {
    let entry = this.#heap.peek()
    while (entry !== undefined && entry.run === undefined) {
      this.#heap.pop()
      entry = this.#heap.peek()
    }
    return entry
  }

  #runDue(limit: number): void {
    // What a callback schedules for the same instant waits for the next round, so that a retry
    // without delay cannot starve the network.
    const orderLimit = this.#order
    for (;;) {
      const entry = this.#next()
      if (entry === undefined || entry.due > limit || entry.order >= orderLimit) return
      this.#heap.pop()
      entry.run?.()
    }
  }

  #arm(): void {
    clearTimeout(this.#real)
    if (this.#moving || this.#closed) return
    const next = this.#next()
    if (next === undefined) return
    const wait = Math.min(Math.max(next.due - this.now(), 0), LONGEST_REAL_WAIT)
    this.#real = setTimeout(() => {
      this.#runDue(this.now())
      this.#arm()
    }, wait)
  }
}
