import { headers } from 'next/headers'

/** What the content security policy of this very page allows inline; made in proxy.ts. */
export async function nonce(): Promise<string> {
  return (await headers()).get('x-nonce') ?? ''
}
