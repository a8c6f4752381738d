import { pathToFileURL } from 'node:url'
import { GrammyError } from 'grammy'
import { commandDescriptions, menuButtonText } from '@/lib/messages/bot'
import { env } from '@/lib/platform/env'
import { telegram } from '@/lib/telegram/client'
import { allowedUpdates, webhookUrl } from '@/lib/telegram/webhook'
import { doctor } from './doctor'
import { runCommand } from './local/progress'

/** Tells Telegram where the bot lives: webhook with its secret, commands, menu button. */
export async function setUpTelegram(): Promise<void> {
  const { APP_URL, TELEGRAM_WEBHOOK_SECRET } = env()
  const [secret] = TELEGRAM_WEBHOOK_SECRET
  await waitingForTelegram(() =>
    telegram().setWebhook(webhookUrl(), {
      allowed_updates: [...allowedUpdates],
      ...(secret ? { secret_token: secret } : {}),
    }),
  )
  await telegram().setMyCommands(commandDescriptions)
  await telegram().setChatMenuButton({
    menu_button: { type: 'web_app', text: menuButtonText, web_app: { url: `${APP_URL}/app` } },
  })
}

/** Telegram takes one setWebhook a second and says how long to wait. */
async function waitingForTelegram(call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (error) {
    const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined
    if (seconds === undefined || seconds > 10) throw error
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    await call()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runCommand(async () => {
    await setUpTelegram()
    console.log('Telegram knows the webhook, the commands and the menu button.\n')
    const allWell = await doctor()
    process.exit(allWell ? 0 : 1)
  })
}
