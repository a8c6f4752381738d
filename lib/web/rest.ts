import { z } from 'zod'
import { requirePerson, requireService } from '@/lib/auth/actor-from-request'
import type { Actor, PersonActor } from '@/lib/kit/actor'
import { Refusal } from '@/lib/kit/errors'
import { incident } from '@/lib/platform/incident'
import { addLogContext, withLogContext } from '@/lib/platform/log'
import { readBodyUpTo } from '@/lib/platform/request-body'
import { bearerOf } from '@/lib/platform/secrets'
import { toProblem } from './problem'

const bodyBytesMax = 64 * 1024

type Call<A, P> = { actor: A; request: Request; params: P }
type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>
type Answer = { status?: number; body: unknown }

/** A route for a person: who it is comes first, then the request's shape, then the verb. */
export function personRoute<P = unknown>(
  verb: (call: Call<PersonActor, P>) => Promise<Answer>,
  options: { initData: 'normal' | 'sensitive' } = { initData: 'normal' },
): Handler<P> {
  return route(async (request) => {
    const person = await requirePerson(request, options.initData)
    addLogContext({ telegramUserId: person.telegramUserId })
    return person
  }, verb)
}

/** A route for the owner's other services. */
export function serviceRoute<P = unknown>(
  verb: (call: Call<Extract<Actor, { kind: 'service' }>, P>) => Promise<Answer>,
): Handler<P> {
  return route(async (request) => identifyService(request), verb)
}

function identifyService(request: Request): Extract<Actor, { kind: 'service' }> {
  try {
    return requireService(request)
  } catch (error) {
    const isWrong = error instanceof Refusal && error.code === 'unauthorized'
    if (isWrong && bearerOf(request.headers.get('authorization'))) {
      incident('token_forged', { at: 'internal' })
    }
    throw error
  }
}

function route<A, P>(
  identify: (request: Request) => Promise<A>,
  verb: (call: Call<A, P>) => Promise<Answer>,
): Handler<P> {
  const answer: Handler<P> = async (request, context) => {
    try {
      const actor = await identify(request)
      const answer = await verb({ actor, request, params: await context.params })
      return Response.json(answer.body, {
        status: answer.status ?? 200,
        headers: { 'cache-control': 'no-store' },
      })
    } catch (error) {
      return toProblem(error)
    }
  }
  return (request, context) => withLogContext({}, () => answer(request, context))
}

/** The request's JSON in the shape of the schema. Refuses: invalid_request, naming what is wrong. */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<z.infer<S>> {
  const text = await readBodyUpTo(request, bodyBytesMax)
  if (text === undefined) throw invalid('The body is too large.')
  return parseInput(parseJson(text), schema)
}

/** Any outside value in the shape of the schema. Refuses: invalid_request. */
export function parseInput<S extends z.ZodType>(value: unknown, schema: S): z.infer<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) =>
    issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message,
  )
  throw invalid(faults.join('; '))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The body is not JSON.')
  }
}

const invalid = (detail: string) => new Refusal('invalid_request', detail)

export const telegramIdParam = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
