export { healthResponse as GET } from '@/lib/web/status'

export const dynamic = 'force-dynamic'
