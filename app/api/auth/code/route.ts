export { loginCodeRoute as GET } from '@/lib/web/login-code-route'
