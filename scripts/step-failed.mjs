/** A step did not work and has said why: no stack is needed. */
export class StepFailed extends Error {
  /** @override */
  name = 'StepFailed'

  /**
   * @param {string} message One line: what failed and what to do; empty if the step itself said it.
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
