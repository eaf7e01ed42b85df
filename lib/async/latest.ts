/** Answers that are kept, so that a change of one facet does not compute those of the others again. */
const KEPT = 8

/**
 * The answer to a key: from `answers`, or a new one. Keeps the answers that were used last.
 *
 * @param answers The kept answers; changed.
 */
export function latest<Answer>(
  answers: Map<string, Answer>,
  key: string,
  make: () => Answer,
): Answer {
  const answer = answers.get(key) ?? make()
  // The latest goes last, so the first is the least recently used.
  answers.delete(key)
  answers.set(key, answer)
  const [oldest] = answers.keys()
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  return answer
}
