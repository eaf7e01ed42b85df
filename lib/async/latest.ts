/** Answers that are kept: image facets change without asking the same of labels again. */
const KEPT = 8

/**
 * The answer to a key: a kept one, or a new one. The answers asked for last stay.
 *
 * @param answers Kept so far; changed.
 */
export function latest<Answer>(
  answers: Map<string, Answer>,
  key: string,
  make: () => Answer,
): Answer {
  const answer = answers.get(key) ?? make()
  // The latest goes last, so the first is the one not asked for longest.
  answers.delete(key)
  answers.set(key, answer)
  const [oldest] = answers.keys()
  if (answers.size > KEPT && oldest !== undefined) answers.delete(oldest)
  return answer
}
