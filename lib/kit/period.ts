const dayMs = 86_400_000

export function addDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * dayMs)
}

export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000)
}

export function later(a: Date, b: Date): Date {
  return a.getTime() >= b.getTime() ? a : b
}

export function fromUnix(seconds: number): Date {
  return new Date(seconds * 1000)
}

export function toUnix(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
