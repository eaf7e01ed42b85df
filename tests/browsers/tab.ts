/** A tab of a browser, with as little as the smoke tests need: every driver can do this much. */
export interface Tab {
  /** Open an address, and wait until its document has loaded. */
  goto(url: string): Promise<void>
  back(): Promise<void>
  /** What a function returns within the page; both ways as JSON. */
  evaluate<Args extends unknown[], Result>(
    call: (...args: Args) => Result,
    ...args: Args
  ): Promise<Result>
  /** Click on the first element that matches, as a hand with a mouse would. */
  click(selector: string): Promise<void>
  /** Close the tab, its browser and whatever else was started for it. */
  close(): Promise<void>
}

/** A function and its arguments as an expression of the page, whose value is text. */
export const asExpression = (call: (...args: never[]) => unknown, args: readonly unknown[]) =>
  `JSON.stringify((${call})(...${JSON.stringify(args)}) ?? null)`
