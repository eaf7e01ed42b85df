import { Command, CommanderError } from 'commander'
import { command } from '../lib/command-name.node.ts'
import { UserError } from '../lib/errors'
import { filterHelp } from '../lib/filter/help'
import { version } from '../lib/manifest/version'
import { type Effects, nodeEffects } from './effects'
import { parseCount, parseParallel, parsePort, parseShare, portOf } from './option-values'
import { renamedOption } from './renamed-option'

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

  program
    .command('demo')
    .description(
      'write the reference manifest to manifests/reference if it is missing, and serve it',
    )
    .option(
      '--scale <share>',
      'share of the full size, above 0 and at most 1 (default: that of the existing manifest, or 1)',
      parseShare,
    )
    .option('--port <number>', PORT_HELP, parsePort)
    .option('--host <name>', HOST_HELP, '127.0.0.1')
    .action(async options => {
      const port = options.port ?? portOf(process.env.PORT)
      return (await import('./demo')).demo({ ...options, port }, effects)
    })

  program
    .command('reference')
    .description('write the reference manifest: simulated images whose totals match the paper')
    .requiredOption('--out <dir>', 'folder for the manifest')
    .option('--scale <share>', 'share of the full size, above 0 and at most 1', parseShare, 1)
    .option('--partition', PARTITION_HELP)
    .action(async options => (await import('./reference')).reference(options, effects))

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
    .option('--dry-run', 'print what would be read, and write nothing')
    .option('--strict', 'fail if any input is rejected')
    .option('--json', 'print the result as JSON')
    .action(async (source, options) => (await import('./ingest')).ingest(source, options, effects))

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
    .option('--again', 're-measure images that already have values')
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./measure')).measure(options, effects))

  program
    .command('stats')
    .description('count the images and masks of a filter, by every facet')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--where <filter>', 'filter as in the page’s URL, such as "modality=CT&organ=Liver"')
    .option('--unions', 'include merged masks in region, organ and label counts')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', () => filterHelp())
    .action(async options => (await import('./stats')).stats(options, effects))

  program
    .command('figures')
    .description('draw the paper’s figures from the manifest, next to the published numbers')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--out <dir>', 'folder for SVG, PNG, PDF, CSV, specs, captions and the comparison')
    .option('--where <filter>', 'use only the images of this filter, as in the page’s URL')
    .option('--check', 'fail if a published number differs')
    .option('--date <day>', 'date in captions, YYYY-MM-DD (default: the date of the manifest)')
    .option(
      '--images <store>',
      'source of example images, as for serve (default: SAMED2D_IMAGES, or phantom for a simulated manifest)',
    )
    .addHelpText('after', () => filterHelp())
    .action(async options => {
      const images = options.images ?? process.env.SAMED2D_IMAGES
      return (await import('./figures')).figures({ ...options, images }, effects)
    })

  const subsetCommand = recipeOptions(
    program
      .command('subset')
      .description('select, sample and split images and masks, and export them for training')
      .requiredOption('--manifest <dir>', 'folder of the manifest'),
  )
    .option(
      '--format <name>',
      'image2label, label2image, csv, jsonl, parquet, coco, monai, nnunet, imagefolder or files',
    )
    .option('--out <file>', 'file to write; the subset file and the credits are written next to it')
    .option(
      '--only <split>',
      'write only train, val or test; needed for formats that do not record the split',
    )
    .option(
      '--images <store>',
      'for coco: source of masks, as for serve, to write them as RLE (default: SAMED2D_IMAGES, or boxes only)',
    )
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

  renamedOption(subsetCommand, 'side', 'only', effects)

  const fetchCommand = recipeOptions(
    program
      .command('fetch')
      .description('download only the files of a subset from the split ZIP')
      .requiredOption('--archive <place>', 'the split ZIP: path or http(s) URL of the .zip')
      .requiredOption('--out <place>', 'folder for the files or shards, or the .zip to write')
      .option(
        '--layout <name>',
        'folder, as in the release (default), tar (WebDataset shards) or zip (default if --out ends in .zip)',
      )
      .option('--only <split>', 'fetch only train, val or test')
      .option('--shard-bytes <bytes>', 'maximum size of a tar, such as 500M (default: 1G)')
      .option('--shard-samples <n>', 'maximum images per tar (default: 10000)', parseCount)
      .option(
        '--manifest <dir>',
        'manifest with the archive’s locator: saves reading the archive’s directory',
      ),
  )
    .option('--parallel <n>', 'number of parallel reads', parseParallel, 6)
    .option('--dry-run', 'print what would be fetched, and write nothing')
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./fetch')).fetch(options, effects))
  renamedOption(fetchCommand, 'form', 'layout', effects)
  renamedOption(fetchCommand, 'side', 'only', effects)

  program
    .command('ledger')
    .description(
      'compare a manifest with the paper and the public release, with reasons for differences',
    )
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--json', 'print the result as JSON')
    .option('--csv', 'print the numbers as CSV')
    .action(async options => (await import('./ledger')).ledger(options, effects))

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
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./verify')).verify(options, effects))

  program
    .command('serve')
    .description('run the web app on a manifest')
    .requiredOption('--manifest <place>', 'folder of the manifest, or its http(s) URL')
    .option(
      '--images <store>',
      'where pictures come from: a release folder, its split ZIP (path or URL of the .zip), phantom or none (default: SAMED2D_IMAGES, or phantom for a simulated manifest)',
    )
    .option('--image-cache <dir>', 'folder for cached pictures (default: in the system’s cache)')
    .option(
      '--image-cache-size <bytes>',
      'maximum size of the cache, such as 500M or 2G (default: 1G)',
    )
    .option('--port <number>', PORT_HELP, parsePort)
    .option('--host <name>', HOST_HELP, '127.0.0.1')
    .action(async options => {
      const port = options.port ?? portOf(process.env.PORT)
      const images = options.images ?? process.env.SAMED2D_IMAGES
      return (await import('./serve')).serve({ ...options, images, port }, effects)
    })

  return program
}

const PORT_HELP = 'port to listen on (default: PORT, or 3000)'

const HOST_HELP = 'address to listen on; 0.0.0.0 opens it to the network'

const PARTITION_HELP =
  'write separate files for each modality and dataset, so that other programs can read only some'

/** What makes a recipe; the page's URL has the same. */
const recipeOptions = (command: Command): Command =>
  command
    .option('--where <filter>', 'filter as in the page’s URL (default: the whole dataset)')
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
      'split by case (default) or by image, which leaks patients between splits',
    )
    .option('--stratify <key>', 'balance the splits by modality (default), label or none')
    .option('--separate-families', 'allow datasets that may share patients in different splits')
