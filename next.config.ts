import type { NextConfig } from 'next'

/**
 * Only what is true for every installation: headers that depend on the environment are made per
 * request in proxy.ts, because these here are baked into the build.
 */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: ['@prisma/adapter-pg', 'graphile-worker', 'pg', 'pino', 'prom-client'],
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  headers: async () => [
    {
      source: '/((?!api/).*)',
      headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }],
    },
  ],
}

export default config
