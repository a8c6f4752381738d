/** The body of a request as text; undefined once it is larger than allowed, without reading on. */
export async function readBodyUpTo(
  request: Request,
  bytesMax: number,
): Promise<string | undefined> {
  const length = request.headers.get('content-length')
  if (Number(length ?? 0) > bytesMax) return undefined
  // The server holds a body to the length it was announced with.
  if (length !== null) return request.text()
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  const body: AsyncIterable<Uint8Array> | null = request.body
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bytesMax) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
