'use client'

export { ErrorPage as default } from '@/components/web/error-page'
