import { type Method, Raw } from './call'
import { applyAllowedUpdates } from './webhook'

const getUpdates: Method = async (call) => {
  const { bot, params, signal } = call
  if (bot.webhook !== undefined) {
    return bot.polling.conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
  applyAllowedUpdates(call)
  const limit = params.int('limit', 100, 1, 100)
  const timeout = params.int('timeout', 0, 0, 50)
  const offset = params.int('offset', 0, -(2 ** 31), 2 ** 31 - 1)
  const leave = () => bot.polling.leave()
  signal?.addEventListener('abort', leave, { once: true })
  try {
    const updates = await bot.polling.poll(offset, limit, timeout)
    return new Raw(`[${updates.join(',\n')}]`)
  } finally {
    signal?.removeEventListener('abort', leave)
  }
}

export const pollingMethods: Record<string, Method> = { getUpdates }
