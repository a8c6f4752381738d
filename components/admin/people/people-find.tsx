import Link from 'next/link'
import form from '@/components/admin/form.module.css'
import type { PeopleQuery } from '@/lib/domain/people/schema'
import { peopleWords } from '@/lib/messages/admin-people'
import styles from './people.module.css'

const shows = ['all', 'banned', 'unreachable'] as const

/** The search, and which people are shown; both stand in the address. */
export function PeopleFind({ q, show }: Pick<PeopleQuery, 'q' | 'show'>) {
  return (
    <>
      <search>
        <form action="/admin/users" className={styles.find}>
          <label className={styles.query}>
            <span>{peopleWords.search}</span>
            <input type="search" name="q" defaultValue={q} maxLength={64} className={form.input} />
          </label>
          <button type="submit" className={form.submit}>
            {peopleWords.find}
          </button>
        </form>
      </search>
      <nav aria-label={peopleWords.show}>
        <ul className={styles.shows}>
          {shows.map((one) => (
            <li key={one}>
              <Link
                href={one === 'all' ? '/admin/users' : `/admin/users?show=${one}`}
                prefetch={false}
                aria-current={!q && one === show ? 'page' : undefined}
              >
                {peopleWords.shows[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  )
}
