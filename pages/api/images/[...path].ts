import type { NextApiHandler } from 'next'
import { handleFiles } from '../../../lib/http/handle-files.node.ts'
import { answerPictures } from '../../../lib/images/answer-pictures.node.ts'
import { currentPictures } from '../../../lib/images/current-pictures.node.ts'

/** `/api/images/…`: pictures of the manifest's images, and what is known of them. */
const handler: NextApiHandler = (request, response) =>
  handleFiles(request, response, async (headers, signal) => {
    const { path, ...query } = request.query
    return answerPictures(await currentPictures(), {
      path: [path ?? []].flat(),
      query,
      headers,
      signal,
    })
  })

export default handler

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } }
