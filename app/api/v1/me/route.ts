export { forgetMe as DELETE } from '@/lib/web/forget-me'
