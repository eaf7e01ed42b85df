import { TokenType } from '@streamparser/json'

/** Called with the content of an index, in order. */
export interface IndexVisitor {
  /** A key whose value is a list; its masks follow. */
  image(path: string): void
  /** A string in the list of the last image. */
  mask(path: string): void
  /** A key whose value is not a list; `value` is its text, shortened. */
  badImage(path: string, value: string): void
  /** An element of the last image's list that is not a string. */
  badMask(value: string): void
}

/** Nested values are rejected anyway; deeper nesting would only grow the stack. */
const MAX_DEPTH = 32

enum Next {
  Value,
  ValueOrEnd,
  Key,
  KeyOrEnd,
  Colon,
  CommaOrEnd,
  Nothing,
}

const EXPECTED: Record<Next, string> = {
  [Next.Value]: 'a value',
  [Next.ValueOrEnd]: 'a value or ]',
  [Next.Key]: 'a key',
  [Next.KeyOrEnd]: 'a key or }',
  [Next.Colon]: ':',
  [Next.CommaOrEnd]: 'a comma or the end of the object or list',
  [Next.Nothing]: 'the end of the file',
}

/**
 * Checks the order of JSON tokens of an index (one object of lists of strings) and calls a visitor. Uses constant
 * memory; duplicate keys are passed on.
 */
export class JsonWalker {
  private readonly open: ('{' | '[')[] = []
  private next: Next = Next.Value
  private key = ''
  /** Whether the value of the current key is a list, whose elements are masks. */
  private listing = false

  constructor(private readonly visitor: IndexVisitor) {}

  /** Whether the object is complete. */
  get done(): boolean {
    return this.next === Next.Nothing
  }

  /**
   * Handle the next token.
   *
   * @returns Null, or what was expected instead of the token.
   */
  token(type: TokenType, value: unknown): string | null {
    switch (type) {
      case TokenType.COLON:
        return this.step(Next.Colon, Next.Value)
      case TokenType.COMMA:
        return this.step(Next.CommaOrEnd, this.open.at(-1) === '{' ? Next.Key : Next.Value)
      case TokenType.RIGHT_BRACE:
        return this.close('{', Next.KeyOrEnd)
      case TokenType.RIGHT_BRACKET:
        return this.close('[', Next.ValueOrEnd)
      case TokenType.STRING:
        if (this.next === Next.Key || this.next === Next.KeyOrEnd) {
          if (this.open.length === 1) this.key = value as string
          this.next = Next.Colon
          return null
        }
        return this.value(null, value)
      case TokenType.LEFT_BRACE:
        return this.value('{', null)
      case TokenType.LEFT_BRACKET:
        return this.value('[', null)
      default:
        return this.value(null, value)
    }
  }

  private step(from: Next, to: Next): string | null {
    if (this.next !== from) return EXPECTED[this.next]
    this.next = to
    return null
  }

  private close(bracket: '{' | '[', whenEmpty: Next): string | null {
    const fits = this.next === Next.CommaOrEnd || this.next === whenEmpty
    if (!fits || this.open.at(-1) !== bracket) return EXPECTED[this.next]
    this.open.pop()
    this.next = this.open.length === 0 ? Next.Nothing : Next.CommaOrEnd
    return null
  }

  private value(opens: '{' | '[' | null, value: unknown): string | null {
    if (this.next !== Next.Value && this.next !== Next.ValueOrEnd) return EXPECTED[this.next]
    const depth = this.open.length
    if (depth === 0 && opens !== '{') return 'one JSON object'
    if (depth === 1) this.valueOfKey(opens, value)
    else if (depth === 2 && this.listing) this.element(opens, value)
    if (opens === null) this.next = Next.CommaOrEnd
    else if (depth === MAX_DEPTH) return `nesting no deeper than ${MAX_DEPTH}`
    else {
      this.open.push(opens)
      this.next = opens === '{' ? Next.KeyOrEnd : Next.ValueOrEnd
    }
    return null
  }

  private valueOfKey(opens: '{' | '[' | null, value: unknown): void {
    this.listing = opens === '['
    if (this.listing) this.visitor.image(this.key)
    else this.visitor.badImage(this.key, opens === null ? JSON.stringify(value) : '{…}')
  }

  private element(opens: '{' | '[' | null, value: unknown): void {
    if (typeof value === 'string') this.visitor.mask(value)
    else
      this.visitor.badMask(opens === null ? JSON.stringify(value) : opens === '{' ? '{…}' : '[…]')
  }
}
