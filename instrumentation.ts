/** Runs once when the server starts, before the first request. */
export async function register(): Promise<void> {
  // Next replaces this one by a constant, which keeps the worker out of other runtimes' bundles.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { checkSettings } = await import('@/lib/web/check-settings')
    const { startHostedWorker } = await import('@/lib/worker/hosted')
    checkSettings()
    startHostedWorker()
  }
}
