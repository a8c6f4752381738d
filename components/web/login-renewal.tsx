/** Asks for a fresh session once; rendered only when one is due. Failing is no harm. */
const script = "fetch('/api/auth/session').catch(()=>{})"

/** A script of the page and not a component of the browser's, which every visitor would load. */
export function LoginRenewal({ nonce }: { nonce: string }) {
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant source.
      dangerouslySetInnerHTML={{ __html: script }}
    />
  )
}
