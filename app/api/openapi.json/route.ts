export { openApiRoute as GET } from '@/lib/web/openapi-route'

export const dynamic = 'force-dynamic'
