import { cache } from 'react'
import type { EntitlementDto } from '@/lib/domain/entitlements/schema'

export type Viewer = { firstName: string; entitlements: readonly EntitlementDto[] }

/** Who is logged in and what they hold; null for everybody else. */
export const currentViewer = cache(async (): Promise<Viewer | null> => null)
