import type { NextApiHandler } from 'next'
import { FAMILIES } from '../../../lib/catalog/known-defects'
import { textAnswer } from '../../../lib/http/file-answer.node.ts'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'
import { readBody } from '../../../lib/http/read-body.node.ts'
import { routeQuery } from '../../../lib/http/route-query'
import { currentManifest } from '../../../lib/manifest/current-manifest.node.ts'
import { answerSubset } from '../../../lib/subset/answer-subset.node.ts'

/** A recipe of a hundred thousand ids has some 300 kB. */
const MAX_BODY = 2_000_000

/**
 * `/api/subset/count?RECIPE` and `/api/subset/FORMAT?RECIPE`: what a subset comes to, and its files. A
 * recipe that is too long for an address is the body of a POST.
 */
const handler: NextApiHandler = (request, response) =>
  handleFiles(
    request,
    response,
    async () => {
      const query =
        request.method === 'POST'
          ? await readBody(request, MAX_BODY)
          : routeQuery(request.url, 'what')
      if (query === null) return textAnswer(413, 'The subset is too large; use the command line.')
      return answerSubset(
        await currentManifest(),
        String(request.query.what ?? ''),
        query,
        FAMILIES,
        process.env.SAMED2D_IMAGES,
      )
    },
    { alsoPost: true },
  )

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
