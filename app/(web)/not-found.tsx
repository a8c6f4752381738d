export { NothingHere as default } from '@/components/web/nothing-here'
