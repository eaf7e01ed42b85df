import { join } from 'node:path'
import type { NextApiHandler } from 'next'
import { answerEngineAsset } from '../../../lib/engine/assets.node.ts'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'

/** `/engine/FILE`. Not a route handler of app/: Next takes Content-Encoding away from those. */
const handler: NextApiHandler = (request, response) =>
  handleFiles(request, response, headers =>
    answerEngineAsset(
      join(process.cwd(), 'public', 'wasm-assets'),
      String(request.query.file),
      headers,
    ),
  )

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
