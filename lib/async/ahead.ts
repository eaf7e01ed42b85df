/**
 * Do some work for each item, a few items at a time, and yield the results in the order of the items.
 *
 * @param atOnce Maximum number of items whose work is running or whose result waits to be yielded.
 * @throws as the work, when the item's result would be yielded.
 */
export async function* ahead<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = []
  const begin = (item: Item) => {
    const result = work(item)
    // Prevents an unhandled rejection; the await below still throws it.
    result.catch(() => {})
    begun.push(result)
  }
  for (const item of items) {
    begin(item)
    if (begun.length >= atOnce) yield await (begun.shift() as Promise<Result>)
  }
  for (const result of begun) yield await result
}
