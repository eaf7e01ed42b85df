import { TokenizerError, TokenType } from '@streamparser/json'
import { UserError } from '../../errors'
import { newTokenizer } from '../../json-tokenizer'
import { type ListSink, shown } from './list-sink'
import { isFileName, looksLikeFile, picturesIn } from './named-pictures'

/** JSON with deeper nesting is not a list of files. */
const MAX_DEPTH = 64

interface Frame {
  readonly isObject: boolean
  /** In an object, the key of the next value. */
  key: string | null
}

/**
 * Reads JSON or JSON lines. Pictures may be in any key or string. Other strings count under keys such as `file_name`,
 * in a plain list of strings, or if they look like a file. Memory does not depend on the length.
 */
export class ListJson {
  private readonly frames: Frame[] = []
  private last: TokenType | null = null
  private readonly tokenizer = newTokenizer()

  /** @param where Name of the list, for messages. */
  constructor(
    private readonly where: string,
    private readonly sink: ListSink,
  ) {
    this.tokenizer.onToken = ({ token, value, offset }) => this.token(token, value, offset)
  }

  /** @throws UserError with the byte of the first defect. */
  add(text: string): void {
    this.checked(() => this.tokenizer.write(text))
  }

  /** @throws UserError if the JSON is incomplete. */
  end(): void {
    this.checked(() => this.tokenizer.end())
    if (this.frames.length > 0)
      throw new UserError(`${this.where}: the JSON ends in the middle; is the file complete?`)
  }

  private checked(step: () => void): void {
    try {
      step()
    } catch (error) {
      if (!(error instanceof TokenizerError)) throw error
      const [, at] = /absolute position "(\d+)"/.exec(error.message) ?? []
      throw new UserError(
        `${this.where}: ${at === undefined ? 'the JSON ends in the middle' : `byte ${at}: not valid JSON`}; write the list again as JSON, or as text with one file name per line`,
        1,
        { cause: error },
      )
    }
  }

  private token(token: TokenType, value: unknown, at: number): void {
    const frame = this.frames.at(-1)
    const before = this.last
    this.last = token
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      if (this.frames.length === MAX_DEPTH)
        throw new UserError(
          `${this.where}: byte ${at}: nested deeper than ${MAX_DEPTH} levels; this is no list of files`,
        )
      this.frames.push({ isObject: token === TokenType.LEFT_BRACE, key: null })
    } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) {
      if (frame?.isObject !== (token === TokenType.RIGHT_BRACE))
        throw new UserError(
          `${this.where}: byte ${at}: not valid JSON (a bracket closes nothing); write the list again`,
        )
      this.frames.pop()
    } else if (token === TokenType.STRING) {
      const isKey = frame?.isObject && before !== TokenType.COLON
      if (isKey) this.key(frame, value as string, at)
      else this.string(value as string, at)
    }
  }

  private key(frame: Frame, key: string, at: number): void {
    frame.key = key
    for (const path of picturesIn(key)) this.sink.picture(path, at)
  }

  private string(text: string, at: number): void {
    const key = this.nearestKey()
    if (this.frames.length === 1 && key === 'format' && text === 'samed2d-subset')
      throw new UserError(
        `${this.where}: a subset file, which selects images of a manifest; add --manifest DIR`,
        2,
      )
    const pictures = picturesIn(text)
    for (const path of pictures) this.sink.picture(path, at)
    if (pictures.length > 0) return
    const isListed = this.frames.every(({ isObject }) => !isObject)
    if (text.trim() === '' ? isListed : isListed || looksLikeFile(text)) this.sink.other(text, at)
    // `url` (as in COCO's info) and similar keys need not name files of a release, so they are not read as file names.
    else if (key !== null && isFileName(key) && !/^(url|uri|key|[a-z]+_?name)$/i.test(key))
      if (text.trim() !== '') this.sink.unused(`${key}: ${shown(text)}`, at)
  }

  private nearestKey(): string | null {
    return this.frames.findLast(({ key }) => key !== null)?.key ?? null
  }
}
