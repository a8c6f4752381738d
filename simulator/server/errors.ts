/** A refusal of the Bot API, as the bot sees it. */
export class ApiError extends Error {
  readonly code: number
  readonly retryAfter: number | undefined

  constructor(code: number, description: string, retryAfter?: number) {
    super(description)
    this.code = code
    this.retryAfter = retryAfter
  }
}

export function badRequest(text: string): ApiError {
  return new ApiError(400, `Bad Request: ${text}`)
}

export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, seconds)
}

/** A refusal of the control interface or of the client's interface. */
export class HttpError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
