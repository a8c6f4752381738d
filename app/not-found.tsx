import { webMessages } from '@/lib/messages/web'

const { heading, text, home } = webMessages.notFound

export const metadata = { title: heading }

/** Part of every answer of Next, so it is short; visitors see that of app/(web) in its stead. */
export default function NotFound() {
  return (
    <main>
      <h1>{heading}</h1>
      <p>{text}</p>
      <a href="/">{home}</a>
    </main>
  )
}
