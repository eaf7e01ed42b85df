/** Long work in steps, so that other work can run in between; returns an answer. */
export type Steps<Answer> = Generator<void, Answer>

/** Run all steps without a pause. */
export function finish<Answer>(steps: Steps<Answer>): Answer {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** Run the steps with a pause after each step. */
export async function inTurns<Answer>(steps: Steps<Answer>, pause: () => Promise<void>) {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await pause()
  }
}

/** Images per step: some ten milliseconds. */
export const STEP_IMAGES = 2 ** 18
