import { Command, CommanderError, Option } from 'commander'
import { command } from '../lib/command-name.node.ts'
import { UserError } from '../lib/errors'
import { filterHelp } from '../lib/filter/help'
import { version } from '../lib/manifest/version'
import { FORMATS } from '../lib/subset/formats'
import { type Effects, nodeEffects } from './effects'
import { WAIT_HELP } from './http-options'
import {
  doctorCommand,
  ingestCommand,
  measureCommand,
  referenceCommand,
  upgradeCommand,
  verifyCommand,
} from './manifest-commands'
import { ALLOW_ROOT_HELP, collect, parseCount, parseParallel, parseTime } from './option-values'
import { renamedOption, replacedFlag } from './renamed-option'
import {
  demoCommand,
  figuresCommand,
  ledgerCommand,
  serveCommand,
  statsCommand,
} from './view-commands'

/**
 * Run one command line.
 *
 * @param args Without node and the script.
 * @returns Exit code: 0 done, 1 failed, 2 wrong usage.
 */
export async function main(
  args: readonly string[],
  effects: Effects = nodeEffects(),
): Promise<number> {
  try {
    await samed2d(effects).parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    // Commander has already said what was wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    // Stopped by a signal: the hooks have said what there is to say, and the process ends with its code.
    if (effects.signal.aborted && error === effects.signal.reason) return 130
    if (error instanceof UserError) {
      effects.log(`samed2d: ${error.message}`)
      return error.exitCode
    }
    effects.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return 1
  }
}

/** The grammar; every command's own module is loaded only when it runs. */
function samed2d(effects: Effects): Command {
  const program = new Command('samed2d')
    .description('Describe, count, view and export SA-Med2D-20M.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: text => effects.write(text),
      writeErr: text => effects.log(text.trimEnd()),
      outputError: (text, write) => write(`samed2d: ${text.replace(/^error: /, '')}`),
    })
    .showHelpAfterError(
      `(${command('--help')} lists the commands, ${command('help', 'COMMAND')} lists the options of a command)`,
    )

  for (const add of COMMANDS) add(program, effects)
  return program
}

/** In the order of the help. */
const COMMANDS: readonly ((program: Command, effects: Effects) => void)[] = [
  demoCommand,
  referenceCommand,
  ingestCommand,
  measureCommand,
  statsCommand,
  figuresCommand,
  addSubset,
  addFetch,
  ledgerCommand,
  verifyCommand,
  doctorCommand,
  upgradeCommand,
  serveCommand,
]

function addSubset(program: Command, effects: Effects): void {
  const subsetCommand = recipeOptions(
    program
      .command('subset')
      .description('select, sample and split images and masks, and export them for training')
      .requiredOption('--manifest <dir>', 'folder of the manifest'),
  )
    .option('--format <name>', `one of ${Object.keys(FORMATS).join(', ')}`)
    .option('--out <file>', 'file to write; the subset file and the credits are written next to it')
    .option(
      '--only <split>',
      'write only train, val or test; needed for formats that do not record the split',
    )
    .option(
      '--images <store>',
      'for coco: source of masks, as for serve, to write them as RLE (default: SAMED2D_IMAGES, or boxes only)',
    )
    .option('--allow-root <dir>', `with --images: ${ALLOW_ROOT_HELP}`, collect)
    .option('--fold <n>', 'of --folds: make fold n val, and the other folds train')
    .option('--json', 'print counts, download size and leakage check as JSON')
    .addHelpText('after', () => filterHelp())
    .action(async options => {
      // Of an option it is said that it does nothing; a variable is set for other commands too.
      const usual = options.format === 'coco' ? process.env.SAMED2D_IMAGES : undefined
      return (await import('./subset')).subset(
        { ...options, images: options.images ?? usual },
        effects,
      )
    })

  program
    .command('split')
    .description('check a split that somebody published: what is in its train, val and test')
    .requiredOption(
      '--check <file...>',
      'JSON or CSV that names the split of each file, or one list per split, named train, val or test',
    )
    .option('--manifest <dir>', 'manifest, to report labels and duplicates too')
    .option('--json', 'print the report as JSON')
    .action(async options => (await import('./split')).split(options, effects))

  renamedOption(subsetCommand, 'side', 'only', effects)
  replacedFlag(subsetCommand, 'separate-families', ['overlap', 'warn'], effects)
}

function addFetch(program: Command, effects: Effects): void {
  const fetchCommand = recipeOptions(
    program
      .command('fetch')
      .description('fetch only the files of a subset or list from the release’s ZIP or folder')
      .option(
        '--archive <place>',
        'the release: path or http(s) URL of its .zip, or its folder (default: SAMED2D_IMAGES)',
      )
      .requiredOption('--out <place>', 'folder for the files or shards, or the .zip to write')
      .option(
        '--layout <name>',
        'folder, as in the release (default), tar (WebDataset shards), zip (default if --out ends in .zip), nnunet or medsam (images and label maps)',
      )
      .option(
        '--overlap-rule <rule>',
        'nnunet, medsam: smaller-on-top (default), order=LABEL,LABEL,… (later labels on top) or refuse',
      )
      .option('--channels <choice>', 'nnunet, medsam: auto (default), or rgb for grey images too')
      .option('--fix <what>', 'nnunet, medsam: known repairs masks with known defects')
      .option('--only <split>', 'fetch only train, val or test')
      .option('--fold <n>', 'of --folds: make fold n val, and the other folds train')
      .option('--shard-bytes <bytes>', 'maximum size of a tar, such as 500M (default: 1G)')
      .option('--shard-samples <n>', 'maximum images per tar (default: 10000)', parseCount)
      .option(
        '--manifest <dir>',
        'manifest with the archive’s locator: saves reading the archive’s directory',
      )
      .option(
        '--file <name...>',
        'names of files of the release, such as SAMed2D_v1.json, instead of a list or beside one',
      )
      .option(
        '--allow-missing',
        'fetch the rest where a list has names that are not there, or lines that name nothing',
      ),
  )
    .option('--parallel <n>', 'number of parallel reads', parseParallel, 6)
    .option('--allow-root <dir>', `with a folder: ${ALLOW_ROOT_HELP}`, collect)
    .option('--wait-at-most <time>', WAIT_HELP, parseTime)
    .option('--dry-run', 'print what would be fetched, and write nothing')
    .option('--json', 'print the result as JSON')
    .action(async options => {
      const archive = options.archive ?? process.env.SAMED2D_IMAGES
      return (await import('./fetch')).fetch({ ...options, archive }, effects)
    })
  renamedOption(fetchCommand, 'form', 'layout', effects)
  renamedOption(fetchCommand, 'side', 'only', effects)
  replacedFlag(fetchCommand, 'separate-families', ['overlap', 'warn'], effects)
}

/** What makes a recipe; the page's URL has the same. */
const recipeOptions = (command: Command): Command =>
  command
    .option('--where <filter>', 'filter as in the page’s URL (default: the whole dataset)')
    .addOption(new Option('--unions', 'other name of union=0,1 in --where').hideHelp())
    .option('--subset <file>', 'a subset file, instead of the options that define a subset')
    .option('--name <text>', 'name of the subset')
    .option('--every <n>', 'one slice in n, along each axis of a case')
    .option('--slices-per <key:n>', 'n slices per patient or case, spread along the axes')
    .option(
      '--sample <key:n>',
      'at most n images per all, modality, dataset, case, patient, organ or label',
    )
    .option(
      '--at-least <key:n>',
      'n images per label, or other key, with as few images as possible',
    )
    .option('--cap <n>', 'at most n images per dataset')
    .option('--seed <n>', 'seed for sampling and splitting (default: 1)')
    .option(
      '--split <sizes>',
      'sizes of train, val and test: shares such as 0.8,0.1,0.1, or numbers of images such as 3000,500,rest',
    )
    .option(
      '--by <unit>',
      'split by patient (default), by case, or by image, which leaks patients between splits',
    )
    .option('--stratify <key>', 'balance the splits by modality (default), label or none')
    .option(
      '--overlap <choice>',
      'datasets that share scans: together in one split (default), warn only, or exclude the smaller ones',
    )
    .option('--folds <k>', 'cut train into k folds for cross-validation; val stays empty')
