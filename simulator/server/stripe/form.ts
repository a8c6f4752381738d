import type { z } from 'zod'
import { invalid, type StripeError } from './errors'

/** `line_items[0][price_data][currency]=usd`: Stripe's way to write objects into a form. */

type Tree = { [name: string]: Tree | string }

function isTree(value: Tree | string | undefined): value is Tree {
  return typeof value === 'object'
}

function place(tree: Tree, [name = '', ...rest]: string[], value: string): void {
  const key = name === '' ? String(Object.keys(tree).length) : name
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const known = tree[key]
  const inner: Tree = isTree(known) ? known : Object.create(null)
  tree[key] = inner
  place(inner, rest, value)
}

/** Objects whose names are numbers are lists. */
function listed(value: Tree | string): unknown {
  if (!isTree(value)) return value
  const names = Object.keys(value)
  const inner = names.map((name) => [name, listed(value[name] ?? '')] as const)
  const isList = names.length > 0 && names.every((name) => /^\d+$/.test(name))
  if (isList) return inner.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item)
  return Object.fromEntries(inner)
}

export function decodeForm(form: URLSearchParams): unknown {
  const tree: Tree = Object.create(null)
  for (const [name, value] of form) {
    const [head = '', ...parts] = name.split('[').map((part) => part.replace(/\]$/, ''))
    place(tree, [head, ...parts], value)
  }
  return listed(tree)
}

function paramName(path: PropertyKey[]): string {
  const [head, ...rest] = path.map(String)
  return [head, ...rest.map((part) => `[${part}]`)].join('')
}

function errorOf(issue: z.core.$ZodIssue): StripeError {
  if (issue.code === 'unrecognized_keys') {
    const name = paramName([...issue.path, issue.keys[0] ?? ''])
    return invalid(`Received unknown parameter: ${name}`, name, 'parameter_unknown')
  }
  const name = paramName(issue.path)
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
  }
  return invalid(`Invalid ${name}: ${issue.message}`, name)
}

export function params<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw issue === undefined ? invalid('Invalid parameters.') : errorOf(issue)
}
