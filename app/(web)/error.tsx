'use client'

export { ErrorMessage as default } from '@/components/web/error-message'
