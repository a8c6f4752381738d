import { badRequest } from '@/simulator/server/errors'
import { flatMembers } from '@/simulator/server/json'

/** The flat list of strings that every Bot API call comes down to; the first value of a name wins. */
export class Params {
  readonly values = new Map<string, string>()

  add(members: Iterable<[string, string]>): void {
    for (const [name, value] of members) if (!this.values.has(name)) this.values.set(name, value)
  }

  has(name: string): boolean {
    return this.values.has(name)
  }

  get(name: string): string {
    return this.values.get(name) ?? ''
  }

  required(name: string): string {
    const value = this.get(name)
    if (value === '') throw badRequest(`parameter "${name}" is required`)
    return value
  }

  /** Leading digits count, garbage is 0, and what is out of range is moved into it silently. */
  int(name: string, fallback: number, min: number, max: number): number {
    const raw = this.values.get(name)
    const value = raw === undefined || raw === '' ? fallback : lenientInt(raw)
    return Math.min(Math.max(value, min), max)
  }

  bool(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.get(name).trim().toLowerCase())
  }
}

export function lenientInt(raw: string): number {
  return Number(/^-?\d+/.exec(raw.trim())?.[0] ?? 0)
}

async function multipart(contentType: string, body: Buffer): Promise<[string, string][]> {
  try {
    const headers = { 'content-type': contentType }
    const form = await new Response(new Uint8Array(body), { headers }).formData()
    const members: [string, string][] = []
    for (const [name, value] of form) if (typeof value === 'string') members.push([name, value])
    return members
  } catch {
    return []
  }
}

/** Reads a body of any of the three types the server knows; of another type it is ignored. */
export async function bodyMembers(contentType: string, body: Buffer): Promise<[string, string][]> {
  const type = contentType.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return flatMembers(body.toString('utf8'))
  if (type === 'application/x-www-form-urlencoded') {
    return [...new URLSearchParams(body.toString('utf8'))]
  }
  if (type === 'multipart/form-data') return multipart(contentType, body)
  return []
}
