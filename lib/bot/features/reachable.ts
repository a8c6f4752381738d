import { Composer } from 'grammy'
import type { BotContext } from '@/lib/bot/context'
import { rememberPerson } from '@/lib/domain/users/remember-person'
import { toProfile } from '@/lib/telegram/updates'

/** Keeps true whether the bot may write to a person. */
export const reachable = new Composer<BotContext>()

const telegram = { kind: 'telegram' } as const

reachable.on('my_chat_member', async (ctx) => {
  if (ctx.chat.type !== 'private') return
  const isBlocked = ctx.myChatMember.new_chat_member.status === 'kicked'
  await rememberPerson(telegram, toProfile(ctx.from), isBlocked ? 'blocked' : 'yes')
})

reachable.on('message:write_access_allowed', async (ctx) => {
  await rememberPerson(telegram, toProfile(ctx.from), 'yes')
})
