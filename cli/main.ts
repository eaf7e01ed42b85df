import { Command, CommanderError } from 'commander'
import { command } from '../lib/command-name.node.ts'
import { UserError } from '../lib/errors'
import { filterHelp } from '../lib/filter/help'
import { version } from '../lib/manifest/version'
import { type Effects, nodeEffects } from './effects'
import { parseCount, parseParallel, parsePort, parseShare, portOf } from './option-values'

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
    .description('Describe, count and look at SA-Med2D-20M.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: text => effects.write(text),
      writeErr: text => effects.log(text.trimEnd()),
      outputError: (text, write) => write(`samed2d: ${text.replace(/^error: /, '')}`),
    })
    .showHelpAfterError(
      `(${command('--help')} lists the commands, ${command('help', 'COMMAND')} their options)`,
    )

  program
    .command('demo')
    .description(
      'write the reference manifest to manifests/reference if it is missing, and serve it',
    )
    .option(
      '--scale <share>',
      'share of the full size, above 0 and at most 1 (default: as it is there, or 1)',
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
    .description('write the reference manifest: simulated, with the published totals')
    .requiredOption('--out <dir>', 'folder for the manifest')
    .option('--scale <share>', 'share of the full size, above 0 and at most 1', parseShare, 1)
    .option('--partition', PARTITION_HELP)
    .action(async options => (await import('./reference')).reference(options, effects))

  program
    .command('ingest')
    .description('describe a release as a manifest')
    .argument(
      '<source>',
      'release folder, its SAMed2D_v1.json, or its split ZIP (path or http(s) address of the .zip)',
    )
    .requiredOption('--out <dir>', 'folder for the manifest')
    .option('--partition', PARTITION_HELP)
    .option('--measure', 'then measure the pictures, from the same folder or archive')
    .option('--dry-run', 'say what would be read, and write nothing')
    .option('--strict', 'fail if any input is not accepted')
    .option('--json', 'print the result as JSON')
    .action(async (source, options) => (await import('./ingest')).ingest(source, options, effects))

  program
    .command('measure')
    .description(
      'fill sizes, mask areas and boxes from the pictures; goes on after an interruption',
    )
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .requiredOption(
      '--images <store>',
      'the pictures: a release folder, or its split ZIP (file or address of the .zip)',
    )
    .option('--size-only', 'width and height of images alone, from the first bytes of their files')
    .option('--again', 'measure what is measured already anew')
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./measure')).measure(options, effects))

  program
    .command('stats')
    .description('count what a filter selects, by every facet')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option(
      '--where <filter>',
      'filter as in the page’s address, such as "modality=CT&organ=Liver"',
    )
    .option('--unions', 'count union masks in region, organ and label facets too')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', () => filterHelp())
    .action(async options => (await import('./stats')).stats(options, effects))

  program
    .command('figures')
    .description('draw the paper’s figures from the rows, beside the published numbers')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--out <dir>', 'folder for SVG, PNG, PDF, CSV, specs, captions and the comparison')
    .option('--where <filter>', 'of these images only, as in the page’s address')
    .option('--check', 'fail if a published number differs')
    .option('--date <day>', 'for captions, YYYY-MM-DD (default: when the manifest was made)')
    .option(
      '--images <store>',
      'where example images come from, as for serve (default: SAMED2D_IMAGES, or phantom for a simulated manifest)',
    )
    .addHelpText('after', () => filterHelp())
    .action(async options => {
      const images = options.images ?? process.env.SAMED2D_IMAGES
      return (await import('./figures')).figures({ ...options, images }, effects)
    })

  recipeOptions(
    program
      .command('subset')
      .description('select, sample and split images and masks, and write them for training')
      .requiredOption('--manifest <dir>', 'folder of the manifest'),
  )
    .option(
      '--format <name>',
      'image2label, label2image, csv, jsonl, parquet, coco, monai, nnunet, imagefolder or files',
    )
    .option('--out <file>', 'file to write; recipe and credits go beside it')
    .option(
      '--side <name>',
      'write train, val or test alone; forms that do not mark the split need it',
    )
    .option(
      '--images <store>',
      'for coco: where masks are read from, as for serve, to write them as RLE (default: SAMED2D_IMAGES, or boxes alone)',
    )
    .option('--json', 'print counts, cost and leakage report as JSON')
    .addHelpText('after', () => filterHelp())
    .action(async options => {
      // Of an option it is said that it does nothing; a variable is set for other commands too.
      const usual = options.format === 'coco' ? process.env.SAMED2D_IMAGES : undefined
      return (await import('./subset')).subset(
        { ...options, images: options.images ?? usual },
        effects,
      )
    })

  recipeOptions(
    program
      .command('fetch')
      .description('download the files of a subset out of the split ZIP, and no others')
      .requiredOption('--archive <place>', 'the split ZIP: path or http(s) address of the .zip')
      .requiredOption('--out <place>', 'folder for them, or for shards; or the .zip to write')
      .option(
        '--form <name>',
        'folder in the release’s layout (default), tar (WebDataset shards) or zip (default if --out ends so)',
      )
      .option('--side <name>', 'train, val or test alone')
      .option('--shard-bytes <bytes>', 'most that a tar may have, such as 500M (default: 1G)')
      .option('--shard-samples <n>', 'most images in a tar (default: 10000)', parseCount)
      .option(
        '--manifest <dir>',
        'manifest with the archive’s locator: its directory is not read then',
      ),
  )
    .option('--parallel <n>', 'reads under way at a time', parseParallel, 6)
    .option('--dry-run', 'say what would be fetched, and write nothing')
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./fetch')).fetch(options, effects))

  program
    .command('ledger')
    .description('set a manifest beside the paper and the public release, with reasons')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--json', 'print everything as JSON')
    .option('--csv', 'print a line for each number as CSV')
    .action(async options => (await import('./ledger')).ledger(options, effects))

  program
    .command('verify')
    .description('check a manifest against itself, and against the archive it was made from')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--images <archive>', 'the split ZIP: path or http(s) address of the .zip')
    .option('--all', 'read every entry of the archive, in place of a sample')
    .option('--sample <n>', 'entries of the archive to read (default: 500)', parseCount)
    .option('--seed <n>', 'of the choice of entries (default: 1)', parseCount)
    .option('--json', 'print the result as JSON')
    .action(async options => (await import('./verify')).verify(options, effects))

  program
    .command('serve')
    .description('run the web app on a manifest')
    .requiredOption('--manifest <place>', 'folder of the manifest, or its http(s) address')
    .option(
      '--images <store>',
      'where pictures come from: a release folder, its split ZIP (file or address of the .zip), phantom or none (default: SAMED2D_IMAGES, or phantom for a simulated manifest)',
    )
    .option('--image-cache <dir>', 'folder for made pictures (default: in the system’s cache)')
    .option('--image-cache-size <bytes>', 'what it may hold, such as 500M or 2G (default: 1G)')
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
  'write the rows of each modality and dataset to files of their own, for other programs to pick from'

/** What makes a recipe; the page's address has the same. */
const recipeOptions = (command: Command): Command =>
  command
    .option('--where <filter>', 'filter as in the page’s address; nothing is everything')
    .option('--subset <file>', 'a subset file, in place of the options that make one')
    .option('--name <text>', 'what to call it')
    .option('--sample <key:n>', 'at most n images per all, modality, dataset, case, organ or label')
    .option('--cap <n>', 'at most n images of a dataset')
    .option('--seed <n>', 'of sampling and splitting (default: 1)')
    .option(
      '--split <sizes>',
      'of train, val and test: shares such as 0.8,0.1,0.1, or images such as 3000,500,rest',
    )
    .option('--by <unit>', 'case (default), or image, which leaks')
    .option('--stratify <key>', 'modality (default), label or none')
    .option('--separate-families', 'let datasets of one collection be on several sides')
