export { invoiceRoute as GET } from '@/lib/web/live-invoice'
