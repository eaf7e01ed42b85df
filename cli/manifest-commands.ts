import type { Command } from 'commander'
import type { Effects } from './effects'
import { WAIT_HELP } from './http-options'
import { ALLOW_ROOT_HELP, collect, parseCount, parseShare, parseTime } from './option-values'

// The commands that write or check a manifest, or check an archive; each loads its own module when it runs.

export function referenceCommand(program: Command, effects: Effects): void {
  program
    .command('reference')
    .description('write the reference manifest: simulated images whose totals match the paper')
    .requiredOption('--out <dir>', 'folder for the manifest')
    .option('--scale <share>', 'share of the full size, above 0 and at most 1', parseShare, 1)
    .option('--partition', PARTITION_HELP)
    .action(async options => (await import('./reference')).reference(options, effects))
}

export function ingestCommand(program: Command, effects: Effects): void {
  program
    .command('ingest')
    .description('describe a release as a manifest')
    .argument(
      '<source>',
      'release folder, its SAMed2D_v1.json, or its split ZIP (path or http(s) URL of the .zip)',
    )
    .requiredOption('--out <dir>', 'folder for the manifest')
    .option('--partition', PARTITION_HELP)
    .option('--measure', 'also measure the pictures, from the same folder or archive')
    .option('--allow-root <dir>', `with --measure: ${ALLOW_ROOT_HELP}`, collect)
    .option('--dry-run', 'print what would be read, and write nothing')
    .option('--strict', 'fail if any input is rejected')
    .option('--wait-at-most <time>', WAIT_HELP, parseTime)
    .option(
      '--allow-rejects',
      'write the manifest even if more than half of the inputs are rejected',
    )
    .option(
      '--pad-class-ids',
      'read class ids of the class map such as 3, "3" or " 0003" as "0003"',
    )
    .option('--json', 'print the result as JSON')
    .action(async (source, options) => (await import('./ingest')).ingest(source, options, effects))
}

export function measureCommand(program: Command, effects: Effects): void {
  program
    .command('measure')
    .description(
      'fill in sizes, mask areas and boxes from the pictures; resumes after an interruption',
    )
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .requiredOption(
      '--images <store>',
      'where pictures come from: a release folder, or its split ZIP (path or URL of the .zip)',
    )
    .option(
      '--size-only',
      'read only the width and height of images, from the first bytes of their files',
    )
    .option('--allow-root <dir>', ALLOW_ROOT_HELP, collect)
    .option('--again', 're-measure images that already have values')
    .option('--wait-at-most <time>', WAIT_HELP, parseTime)
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./measure')).measure(options, effects))
}

export function verifyCommand(program: Command, effects: Effects): void {
  program
    .command('verify')
    .description(
      'check the consistency of a manifest, and compare it with the archive it was built from',
    )
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--images <archive>', 'the split ZIP: path or http(s) URL of the .zip')
    .option('--all', 'read every entry of the archive instead of a sample')
    .option('--sample <n>', 'number of archive entries to read (default: 500)', parseCount)
    .option('--seed <n>', 'seed for the choice of entries (default: 1)', parseCount)
    .option('--wait-at-most <time>', WAIT_HELP, parseTime)
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./verify')).verify(options, effects))
}

export function upgradeCommand(program: Command, effects: Effects): void {
  program
    .command('upgrade')
    .description(
      'convert a manifest of an older format to the newest one, keeping all measurements',
    )
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./upgrade')).upgrade(options, effects))
}

export function doctorCommand(program: Command, effects: Effects): void {
  program
    .command('doctor')
    .description(
      'say which parts, bytes and files of a downloaded ZIP are damaged, and mend them from another copy',
    )
    .argument('<archive>', 'path of the .zip; its other parts lie beside it')
    .option('--from <place>', 'another copy: http(s) URL or path of its .zip')
    .option('--repair', 'mend the archive; without it, no file is changed')
    .option('--list <file>', 'write a line for each damaged file')
    .option('--json', 'print the result as JSON')
    .action(async (archive, options) =>
      (await import('./doctor')).doctor(archive, options, effects),
    )
}

const PARTITION_HELP =
  'write separate files for each modality and dataset, so that other programs can read only some'
