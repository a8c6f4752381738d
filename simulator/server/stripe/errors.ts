export type ErrorFields = {
  type: 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
}

/** What the API refuses with. */
export class StripeError extends Error {
  readonly status: number
  readonly fields: ErrorFields

  constructor(status: number, fields: ErrorFields) {
    super(fields.message)
    this.status = status
    this.fields = fields
  }
}

export function invalid(message: string, param?: string, code?: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  })
}

/** 404 for an object in the address, 400 for one that a parameter names. */
export function missing(kind: string, id: string, param = 'id', status = 404): StripeError {
  const message = `No such ${kind}: '${id}'`
  return new StripeError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message,
    param,
  })
}
