import { type Command, Option } from 'commander'
import type { Effects } from './effects'

/**
 * Accept an option under its name of earlier versions. The help leaves it out, and its use prints the new name.
 *
 * @param old Without the dashes, as `now`.
 */
export function renamedOption(
  command: Command,
  old: string,
  now: string,
  { log }: Pick<Effects, 'log'>,
): Command {
  return command
    .addOption(new Option(`--${old} <name>`, `old name of --${now}`).hideHelp())
    .on(`option:${old}`, (value: string) => {
      log(`samed2d: --${old} is now called --${now}; the old name still works`)
      command.setOptionValue(now, value)
    })
}

/** Accept a flag of earlier versions, which stands for an option with a value. As `renamedOption`. */
export function replacedFlag(
  command: Command,
  old: string,
  [now, value]: readonly [option: string, value: string],
  { log }: Pick<Effects, 'log'>,
): Command {
  return command
    .addOption(new Option(`--${old}`, `old name of --${now} ${value}`).hideHelp())
    .on(`option:${old}`, () => {
      log(`samed2d: --${old} is now called --${now} ${value}; the old name still works`)
      command.setOptionValue(now, value)
    })
}
