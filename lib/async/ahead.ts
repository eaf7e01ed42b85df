/**
 * Do some work for each item, a few at a time, and hand the results on in the order of the items.
 *
 * @param atOnce Items that are worked on, or wait to be handed on.
 * @throws what the work throws, when the item's turn comes.
 */
export async function* ahead<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = []
  const begin = (item: Item) => {
    const result = work(item)
    // It may fail while nobody waits for it: whoever awaits it hears of that.
    result.catch(() => {})
    begun.push(result)
  }
  for (const item of items) {
    begin(item)
    if (begun.length >= atOnce) yield await (begun.shift() as Promise<Result>)
  }
  for (const result of begun) yield await result
}
