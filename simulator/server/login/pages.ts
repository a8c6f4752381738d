import type { ServerResponse } from 'node:http'
import { html, sendPage } from '@/simulator/server/page'
import type { World } from '@/simulator/server/world'
import type { Person } from '@/simulator/wire'
import { BOT_ACCESS, type LoginRequest } from './authorize'

function nameOf({ first_name, last_name }: Person): string {
  return [first_name, last_name].filter(Boolean).join(' ')
}

/** Telegram's page where a person says yes; here one also says who one is. */
export function sendLoginPage(
  world: World,
  response: ServerResponse,
  request: LoginRequest,
  search: string,
): void {
  const { bot } = request.client
  const rows = [...world.people.values()].map((person, index) => {
    const checked = index === 0 && html` checked`
    return html`<label class="row"><input type="radio" name="person_id" value="${person.id}" required${checked}>
<span>${nameOf(person)}</span></label>`
  })
  const access = html`<label class="row"><input type="checkbox" name="bot_access" value="1" checked>
<span>Allow messages from @${bot.username}</span></label>`
  const told = ['your name and picture', request.scopes.includes('phone') && 'your phone number']
  const content = html`<h1>Log in to ${new URL(request.redirectUri).host}</h1>
<p class="soft">with ${bot.firstName} (@${bot.username}). It will see ${told.filter(Boolean).join(' and ')}.</p>
<form method="post" action="/oauth/auth${search}">
<fieldset><legend>Who are you?</legend>${rows}</fieldset>
${request.scopes.includes(BOT_ACCESS) && access}
<button class="strong" name="decision" value="login">Log in</button>
<button name="decision" value="cancel" formnovalidate>Cancel</button>
</form>`
  sendPage(response, 200, 'Log in with Telegram', content)
}

export function sendLoginProblem(response: ServerResponse, message: string): void {
  const content = html`<h1>This login cannot go on</h1><p>${message}</p>
<p class="soft">The addresses of a bot are set with POST /control/login/clients.</p>`
  sendPage(response, 400, 'Log in with Telegram', content)
}

const COLOURS = ['#c2410c', '#15803d', '#1d4ed8', '#7e22ce', '#be123c', '#0f766e']

export function sendUserpic(world: World, response: ServerResponse, id: number): void {
  const initial = world.people.get(id)?.first_name.slice(0, 1) ?? '?'
  const { markup } =
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="${COLOURS[id % COLOURS.length]}"/><text x="32" y="43" font-family="sans-serif" font-size="32" fill="#fff" text-anchor="middle">${initial}</text></svg>`
  response.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=3600' })
  response.end(markup)
}
