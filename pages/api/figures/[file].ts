import type { NextApiHandler } from 'next'
import { answerFigure } from '../../../lib/figures/answer-figures.node.ts'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'
import { routeQuery } from '../../../lib/http/route-query'
import { currentPictures } from '../../../lib/images/current-pictures.node.ts'
import { currentManifest } from '../../../lib/manifest/current-manifest.node.ts'

/** `/api/figures/ID.svg|png|pdf?FILTER`: files of figures, as the command line writes them. */
const handler: NextApiHandler = (request, response) =>
  handleFiles(request, response, async () => {
    const query = routeQuery(request.url, 'file')
    const name = String(request.query.file ?? '')
    return answerFigure(await currentManifest(), name, query, currentPictures)
  })

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
