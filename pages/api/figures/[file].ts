import type { NextApiHandler } from 'next'
import { answerFigure } from '../../../lib/figures/answer-figures.node.ts'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'
import { currentPictures } from '../../../lib/images/current-pictures.node.ts'
import { currentManifest } from '../../../lib/manifest/current-manifest.node.ts'

/** `/api/figures/ID.svg|png|pdf?FILTER`: files of figures, as the command line writes them. */
const handler: NextApiHandler = (request, response) =>
  handleFiles(request, response, async () => {
    const { search } = new URL(request.url ?? '', 'http://localhost')
    // The path's own name comes back as a parameter; the filter is the rest.
    const query = search.replace(/[?&]file=[^&]*/g, '').replace(/^[?&]/, '')
    const name = String(request.query.file ?? '')
    return answerFigure(await currentManifest(), name, query, currentPictures)
  })

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
