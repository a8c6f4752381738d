import { z } from 'zod'

/** An update that could not be handled and waits for a person. */
export const waitingUpdateDto = z.object({
  id: z.uuid(),
  update_id: z.int(),
  kind: z.string(),
  reason: z.string(),
  received_at: z.iso.datetime(),
})
export type WaitingUpdateDto = z.infer<typeof waitingUpdateDto>
