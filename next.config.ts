import type { NextConfig } from 'next'
import { inlineStyles } from './lib/web/styles/inline-styles'

/**
 * Only what is true for every installation: headers that depend on the environment are made per
 * request in proxy.ts, because these here are baked into the build.
 */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // A bundled package exists once per route: its errors would not be instances of each other's classes.
  serverExternalPackages: [
    ...['@prisma/adapter-pg', 'grammy', 'graphile-worker', 'pg', 'pino', 'prom-client', 'stripe'],
  ],
  experimental: {
    // A request costs a slow phone more than the bytes of small chunks put together.
    turbopackChunking: { minChunkSize: 400_000 },
    cssChunking: { type: 'graph', requestCost: 100 },
  },
  compiler: { runAfterProductionCompile: inlineStyles },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  headers: async () => [
    {
      // Of every answer, so that no door can forget it; the webhook pays less than a microsecond.
      source: '/(.*)',
      headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }],
    },
  ],
}

export default config
