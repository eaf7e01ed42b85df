import type { NextApiHandler } from 'next'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'
import { currentManifest } from '../../../lib/manifest/current-manifest.node.ts'
import { answerManifestFile } from '../../../lib/manifest/serve-file.node.ts'

/**
 * `/manifest/FILE`. Not a route handler of app/: Next takes Content-Length away from those, and
 * without it readers that fetch Parquet by ranges cannot begin.
 */
const handler: NextApiHandler = (request, response) =>
  handleFiles(request, response, async headers => {
    const name = [request.query.path].flat().join('/')
    return answerManifestFile(await currentManifest(), name, headers)
  })

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
