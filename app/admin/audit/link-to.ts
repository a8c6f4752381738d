/** Where the thing of an entry is shown; null where no page is about it. */
export function linkTo(subject: string, id: string): string | null {
  const name = encodeURIComponent(id)
  switch (subject) {
    case 'payment':
      return `/admin/payments/${name}`
    case 'plan':
      return `/admin/plans/${name}`
    case 'role':
      return `/admin/users/${name}`
    case 'user':
      // People are found by their Telegram id; some entries know them by our own.
      return /^\d+$/.test(id) ? `/admin/users/${name}` : null
    case 'setting':
      return '/admin/settings'
    case 'finding':
    case 'job':
    case 'update':
      return '/admin/health'
    default:
      return null
  }
}
