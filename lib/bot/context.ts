import { type Api, Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { PersonActor } from '@/lib/kit/actor'
import { invariant } from '@/lib/kit/invariant'
import { toProfile } from '@/lib/telegram/updates'

/** Runs work after the answer went out (Next's `after`). */
export type Defer = (work: () => Promise<void>) => void

/** What a feature gets: grammY's context, and a way to do things after the answer. */
export class BotContext extends Context {
  constructor(
    update: Update,
    api: Api,
    me: UserFromGetMe,
    readonly defer: Defer,
  ) {
    super(update, api, me)
  }
}

/** The person who wrote or pressed. Features use it in private chats, where there always is one. */
export function personOf(ctx: BotContext): PersonActor {
  invariant(ctx.from, 'a private message has a sender')
  return { kind: 'person', ...toProfile(ctx.from) }
}
