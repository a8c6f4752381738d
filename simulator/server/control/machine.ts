import { faultsSchema } from '@/simulator/server/faults'
import { parse, type Route, route } from '@/simulator/server/http'
import { publicKeyHex } from '@/simulator/server/init-data'
import { observe } from '@/simulator/server/observer'
import { addBot, botById } from '@/simulator/server/people'
import { pushRaw } from '@/simulator/server/updates'
import type { World } from '@/simulator/server/world'
import type { ClockView } from '@/simulator/wire'
import * as schemas from './schemas'

function clockView({ clock }: World): ClockView {
  const now = clock.now()
  return {
    now: new Date(now).toISOString(),
    unix: Math.floor(now / 1000),
    offset_seconds: clock.offsetSeconds,
  }
}

export const machineRoutes: Route[] = [
  route('GET', '/control/clock', ({ world }) => clockView(world)),
  route('POST', '/control/clock', async ({ world, body }) => {
    await world.clock.advance(parse(schemas.clock, body).advance_seconds * 1000)
    const clock = clockView(world)
    observe(world, { type: 'clock', clock })
    return clock
  }),
  route('GET', '/control/faults', ({ world }) => world.faults),
  route('PUT', '/control/faults', ({ world, body }) => {
    world.faults = parse(faultsSchema, body)
    observe(world, { type: 'faults', faults: world.faults })
    return world.faults
  }),
  route('GET', '/control/settings', ({ world }) => world.settings),
  route('PUT', '/control/settings', ({ world, body }) => {
    const { webhooks, star_invoice_flags } = parse(schemas.settings, body)
    if (webhooks !== undefined) world.settings.webhooks = webhooks
    if (star_invoice_flags !== undefined) world.settings.star_invoice_flags = star_invoice_flags
    return world.settings
  }),
  route('POST', '/control/updates', ({ world, body }) => {
    const { bot_id, update, queue } = parse(schemas.update, body)
    return { update_ids: pushRaw(world, botById(world, bot_id), update, queue) }
  }),
  route('GET', '/control/bots', ({ world }) => {
    const init_data_public_key = publicKeyHex(world.signingSeed)
    return [...world.bots.values()].map((bot) => ({
      id: bot.id,
      username: bot.username,
      first_name: bot.firstName,
      stars: bot.milliStars / 1000,
      pending_update_count: bot.outbox.pendingCount(),
      webhook_url: bot.webhook?.settings.rawUrl ?? '',
      init_data_public_key,
    }))
  }),
  route('POST', '/control/bots', ({ world, body }) => {
    const { token, username, first_name } = parse(schemas.bot, body)
    const bot = addBot(world, token, username, first_name ?? username)
    return { id: bot.id, username: bot.username, first_name: bot.firstName }
  }),
]
