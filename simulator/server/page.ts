import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpError } from './errors'
import { readBody } from './http'

/** Small pages of the server's own: those that other sites send people to. */

/** Markup whose values were escaped. */
export type Html = { readonly markup: string }
type Value = Html | Html[] | string | number | undefined | false

const SIGNS: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function markupOf(value: Value): string {
  if (value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(({ markup }) => markup).join('')
  if (typeof value === 'object') return value.markup
  return String(value).replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)
}

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  const [first = '', ...rest] = parts
  const markup = rest.reduce((text, part, index) => text + markupOf(values[index]) + part, first)
  return { markup }
}

const STYLE = `
:root { color-scheme: light dark; --back: #f1f3f6; --card: #fff; --text: #14171c; --soft: #5a6472;
  --line: #d5dae1; --strong: #1f6feb; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --back: #12161b; --card: #1c222a; --text: #edf0f4;
  --soft: #a5b0bf; --line: #38424e; --strong: #3b82f6; --bad: #ff9d94 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; display: grid; place-items: start center; padding: 24px 16px }
main { width: 100%; max-width: 440px; background: var(--card); border: 1px solid var(--line);
  border-radius: 14px; padding: 24px }
h1 { font-size: 1.35rem; line-height: 1.25; margin: 0 0 8px }
h2 { font-size: 1.05rem; margin: 20px 0 6px }
p, ul { margin: 0 0 14px } .soft { color: var(--soft); font-size: .9rem }
.sum { font-size: 1.7rem; font-weight: 650; margin: 0 0 4px }
.bad { color: var(--bad); font-weight: 600 }
fieldset { border: 0; margin: 0 0 14px; padding: 0 } legend { padding: 0; font-weight: 600 }
label { display: block; margin: 0 0 12px } label.row { display: flex; gap: 10px; margin: 0;
  padding: 10px 0; border-bottom: 1px solid var(--line); align-items: center }
input:not([type=radio]):not([type=checkbox]) { display: block; width: 100%; margin-top: 4px;
  padding: 10px; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--soft); border-radius: 8px }
button, a.button { display: block; width: 100%; margin: 10px 0 0; padding: 12px; border-radius: 10px;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
  border: 1px solid var(--soft); background: transparent; color: inherit }
button.strong { background: #1a5fd0; border-color: #1a5fd0; color: #fff }
:focus-visible { outline: 3px solid var(--strong); outline-offset: 2px } a { color: inherit }
button ~ p, a.button ~ p { margin-top: 14px } form + p { margin-top: 14px }
li { margin: 0 0 4px } code { font-size: .85em; overflow-wrap: anywhere }
`

export function sendPage(
  response: ServerResponse,
  status: number,
  title: string,
  content: Html,
): void {
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${{ markup: STYLE }}</style>
</head><body><main>${content}</main></body></html>
`
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
  })
  response.end(markup)
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location, 'Cache-Control': 'no-store' })
  response.end()
}

const FORM_LIMIT = 256 * 1024

export async function formBody(request: IncomingMessage): Promise<URLSearchParams> {
  const raw = await readBody(request, FORM_LIMIT)
  if (raw === undefined) throw new HttpError(413, 'TOO_LARGE', 'The form is longer than 256 KiB.')
  return new URLSearchParams(raw.toString('utf8'))
}
