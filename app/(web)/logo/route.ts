import type { NextRequest } from 'next/server'
import { logoVersion } from '@/app/(web)/site'
import { pictureIn } from '@/lib/domain/settings/picture'
import { recentSettings } from '@/lib/domain/settings/recent'
import { pictureHeaders } from '@/lib/web/security'

/** The owner's logo: bytes of a picture and nothing that a browser would run. */
export async function GET(request: NextRequest): Promise<Response> {
  const { logo } = await recentSettings()
  const picture = pictureIn(logo)
  if (!picture) return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } })
  const isThisOne = request.nextUrl.searchParams.get('v') === logoVersion(logo)
  return new Response(picture.bytes, {
    headers: {
      ...pictureHeaders(picture.type),
      'Cache-Control': isThisOne ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  })
}
