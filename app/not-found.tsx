import { NothingHere } from '@/components/web/nothing-here'
import { webMessages } from '@/lib/messages/web'

export const metadata = { title: webMessages.notFound.heading }

/** Part of every answer of Next, so it asks nothing; visitors see it framed in app/(web). */
export default function NotFound() {
  return (
    <main>
      <NothingHere />
    </main>
  )
}
