export { metrics as GET } from '@/lib/web/status'
