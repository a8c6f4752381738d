import { exportRoute } from '@/lib/web/export-route'

export const GET = exportRoute
