import type { NextApiHandler } from 'next'
import { FAMILIES } from '../../../lib/catalog/known-defects'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'
import { routeQuery } from '../../../lib/http/route-query'
import { currentManifest } from '../../../lib/manifest/current-manifest.node.ts'
import { answerSubset } from '../../../lib/subset/answer-subset.node.ts'

/** `/api/subset/count?RECIPE` and `/api/subset/FORMAT?RECIPE`: what a subset comes to, and its files. */
const handler: NextApiHandler = (request, response) =>
  handleFiles(request, response, async () => {
    const query = routeQuery(request.url, 'what')
    return answerSubset(await currentManifest(), String(request.query.what ?? ''), query, FAMILIES)
  })

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
