import { deleteMyData } from '@/lib/domain/accounts/delete-my-data'
import { personRoute } from './rest'

const forget = personRoute(
  async ({ actor }) => {
    await deleteMyData(actor)
    return { body: null }
  },
  { initData: 'sensitive' },
)

/** Deletes the data of the person who asks; there is nothing to say afterwards. */
export async function forgetMe(...call: Parameters<typeof forget>): Promise<Response> {
  const answer = await forget(...call)
  if (!answer.ok) return answer
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}
