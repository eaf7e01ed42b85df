import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { parseByteRange } from '../../lib/http/byte-range'

/** A static server with ranges for files of any size; the files of one folder only. */
export async function serveFolder(
  dir: string,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = join(dir, basename(new URL(request.url ?? '/', 'http://x').pathname))
    const file = await stat(path).catch(() => null)
    if (!file) return response.writeHead(404).end()
    const range = parseByteRange(request.headers.range ?? null, file.size)
    const isPart = typeof range === 'object'
    const { start, end } = isPart ? range : { start: 0, end: file.size - 1 }
    response.writeHead(isPart ? 206 : 200, {
      'Content-Length': end - start + 1,
      'Accept-Ranges': 'bytes',
      ETag: `"${file.size}"`,
      ...(isPart && { 'Content-Range': `bytes ${start}-${end}/${file.size}` }),
    })
    if (request.method === 'HEAD') return response.end()
    createReadStream(path, { start, end }).pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
