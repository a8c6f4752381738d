import { apiMessages } from '@/lib/messages/api'
import { env } from '@/lib/platform/env'
import { type Answer, type Endpoint, endpoints } from './openapi-endpoints'
import { componentSchemas, refTo } from './openapi-schemas'

const { security: words, problems, parameters } = apiMessages

const securitySchemes = (cookie: string) => ({
  initData: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: words.initData,
  },
  session: { type: 'apiKey', in: 'cookie', name: cookie, description: words.session },
  service: { type: 'http', scheme: 'bearer', description: words.service },
  metrics: { type: 'http', scheme: 'bearer', description: words.metrics },
  telegram: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Telegram-Bot-Api-Secret-Token',
    description: words.telegram,
  },
  stripe: { type: 'apiKey', in: 'header', name: 'Stripe-Signature', description: words.stripe },
})

const security = {
  person: [{ initData: [] }, { session: [] }],
  service: [{ service: [] }],
  metrics: [{ metrics: [] }],
  telegram: [{ telegram: [] }],
  stripe: [{ stripe: [] }],
  none: [],
} satisfies Record<Endpoint['security'], object[]>

/** The description of the whole interface, OpenAPI 3.1, made from the schemas that doors parse with. */
export function openApiDocument(sessionCookie: string) {
  return {
    openapi: '3.1.0',
    info: { title: apiMessages.title, version: 'v1', description: apiMessages.description },
    servers: [{ url: env().APP_URL }],
    tags: Object.entries(apiMessages.tags).map(([name, description]) => ({ name, description })),
    paths: Object.fromEntries(
      Object.entries(endpoints).map(([path, methods]) => [path, pathItem(path, methods)]),
    ),
    components: {
      schemas: componentSchemas(),
      securitySchemes: securitySchemes(sessionCookie),
    },
  }
}

function pathItem(path: string, methods: Record<string, Endpoint>) {
  return Object.fromEntries(
    Object.entries(methods).map(([method, endpoint]) => [
      method,
      operation(path, method, endpoint),
    ]),
  )
}

function operation(path: string, method: string, endpoint: Endpoint) {
  const { summary, tag, body, query, answers, problems: refusals } = endpoint
  const name = path.replace(/^\/(api\/)?/, '').replaceAll(/[^A-Za-z0-9]+/g, '_')
  return {
    operationId: `${method}_${name.replace(/_$/, '')}`,
    summary,
    tags: [tag],
    security: security[endpoint.security],
    parameters: [...pathParameters(path), ...(query ? [queryParameter(query)] : [])],
    ...(body ? { requestBody: { required: true, content: json({ $ref: refTo(body) }) } } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, response(answer)]),
      ),
      ...Object.fromEntries(refusals.map((status) => [status, refusal(status)])),
    },
  }
}

function pathParameters(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return names.map((name) => ({
    name,
    in: 'path',
    required: true,
    description: descriptionOf(name),
    schema: name === 'telegram_id' ? { type: 'integer', minimum: 1 } : { type: 'string' },
  }))
}

function descriptionOf(name: string): string {
  return Object.entries(parameters).find(([each]) => each === name)?.[1] ?? ''
}

function queryParameter(name: 'live') {
  return {
    name,
    in: 'query',
    required: false,
    description: parameters[name],
    schema: { type: 'string', enum: ['1'] },
  }
}

function response({ description, json: name, text, isAnyJson }: Answer) {
  const content = {
    ...(name ? json({ $ref: refTo(name) }) : {}),
    ...(isAnyJson ? json({}) : {}),
    ...(text ? { [text]: { schema: { type: 'string' } } } : {}),
  }
  return { description, ...(Object.keys(content).length > 0 ? { content } : {}) }
}

function refusal(status: keyof typeof problems) {
  const wait = { description: 'Seconds to wait.', schema: { type: 'integer' } }
  return {
    description: problems[status],
    content: { 'application/problem+json': { schema: { $ref: refTo('Problem') } } },
    ...(status === 429 ? { headers: { 'Retry-After': wait } } : {}),
  }
}

const json = (schema: object) => ({ 'application/json': { schema } })
