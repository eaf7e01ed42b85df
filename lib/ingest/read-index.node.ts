import { TokenizerError } from '@streamparser/json'
import { UserError } from '../errors'
import { newTokenizer } from '../json-tokenizer'
import { foreignContent } from './foreign-content'
import { type IndexVisitor, JsonWalker } from './json-walker'
import type { ReleaseFile } from './release-source.node.ts'

/**
 * Stream a release's index, a JSON object `{image path: [mask path, …], …}` of up to gigabytes, to a visitor. Uses
 * constant memory. Everything before a defect has been visited by then, so visitors should write to staging.
 *
 * @param onChunk Called after each chunk with the bytes read so far.
 * @throws UserError with the byte offset if the file is not one complete JSON object; as the visitor.
 */
export async function readIndex(
  file: ReleaseFile,
  visitor: IndexVisitor,
  onChunk: (bytesRead: number) => void = () => {},
): Promise<void> {
  const { where } = file
  const walker = new JsonWalker(visitor)
  const tokenizer = newTokenizer()
  let bytesRead = 0
  let lastToken = 0
  tokenizer.onToken = ({ token, value, offset }) => {
    lastToken = offset
    const expected = walker.token(token, value)
    if (expected !== null)
      throw new UserError(
        `${where}: byte ${offset}: expected ${expected}; the file is damaged or not a release's index`,
      )
  }
  const tokenize = (step: () => void) => {
    try {
      step()
    } catch (error) {
      throw damage(error, where, lastToken)
    }
  }
  for await (const chunk of file.open()) {
    const foreign = bytesRead === 0 ? foreignContent(chunk) : null
    if (foreign !== null) throw new UserError(`${where}: byte 0: this is ${foreign}`)
    tokenize(() => tokenizer.write(chunk))
    bytesRead += chunk.length
    onChunk(bytesRead)
  }
  if (bytesRead === 0) throw new UserError(`${where}: the file is empty; download it again`)
  if (!walker.done)
    throw new UserError(
      `${where}: byte ${bytesRead}: the file ends in the middle; download it again`,
    )
  // What follows the object may be the start of another value.
  tokenize(() => tokenizer.end())
}

/** An error of the tokenizer as a UserError; other errors unchanged. */
function damage(error: unknown, where: string, lastToken: number): unknown {
  if (error instanceof TokenizerError) {
    const at = /absolute position "(\d+)"/.exec(error.message)?.[1]
    return new UserError(
      `${where}: byte ${at ?? `after ${lastToken}`}: not valid JSON; download the file again`,
      1,
      { cause: error },
    )
  }
  if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new UserError(
      `${where}: after byte ${lastToken}: a name is not valid UTF-8; download the file again`,
      1,
      { cause: error },
    )
  return error
}
