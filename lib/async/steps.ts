/** Work that is done step by step, so that something else can be done in between; ends with an answer. */
export type Steps<Answer> = Generator<void, Answer>

/** All steps at once. */
export function finish<Answer>(steps: Steps<Answer>): Answer {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** One step after the other, with a pause after each. */
export async function inTurns<Answer>(steps: Steps<Answer>, pause: () => Promise<void>) {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await pause()
  }
}

/** Images that a step looks at: some ten milliseconds. */
export const STEP_IMAGES = 2 ** 18
