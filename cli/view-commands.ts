import { type Command, Option } from 'commander'
import { filterHelp } from '../lib/filter/help'
import type { Effects } from './effects'
import { ALLOW_ROOT_HELP, collect, parsePort, parseShare, portOf } from './option-values'

// The commands that show what is in a manifest; each loads its own module when it runs.

export function demoCommand(program: Command, effects: Effects): void {
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
    .option('--allow-host <name>', ALLOW_HELP, (name: string, more: string[] = []) => [
      ...more,
      name,
    ])
    .action(async options => {
      const port = options.port ?? portOf(process.env.PORT)
      return (await import('./demo')).demo({ ...options, port }, effects)
    })
}

export function serveCommand(program: Command, effects: Effects): void {
  program
    .command('serve')
    .description('run the web app on a manifest')
    .requiredOption('--manifest <place>', 'folder of the manifest, or its http(s) URL')
    .option(
      '--images <store>',
      'where pictures come from: a release folder, its split ZIP (path or URL of the .zip), phantom or none (default: SAMED2D_IMAGES, or phantom for a simulated manifest)',
    )
    .option('--allow-root <dir>', ALLOW_ROOT_HELP, collect)
    .option('--image-cache <dir>', 'folder for cached pictures (default: in the system’s cache)')
    .option(
      '--image-cache-size <bytes>',
      'maximum size of the cache, such as 500M or 2G (default: 1G)',
    )
    .option('--port <number>', PORT_HELP, parsePort)
    .option('--host <name>', HOST_HELP, '127.0.0.1')
    .option('--allow-host <name>', ALLOW_HELP, (name: string, more: string[] = []) => [
      ...more,
      name,
    ])
    .action(async options => {
      const port = options.port ?? portOf(process.env.PORT)
      const images = options.images ?? process.env.SAMED2D_IMAGES
      return (await import('./serve')).serve({ ...options, images, port }, effects)
    })
}

export function statsCommand(program: Command, effects: Effects): void {
  program
    .command('stats')
    .description('count the images and masks of a filter, by every facet')
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--where <filter>', 'filter as in the page’s URL, such as "modality=CT&organ=Liver"')
    .addOption(new Option('--unions', 'old name of union=0,1 in --where').hideHelp())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', () => filterHelp())
    .action(async options => (await import('./stats')).stats(options, effects))
}

export function figuresCommand(program: Command, effects: Effects): void {
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
    .option('--allow-root <dir>', ALLOW_ROOT_HELP, collect)
    .addHelpText('after', () => filterHelp())
    .action(async options => {
      const images = options.images ?? process.env.SAMED2D_IMAGES
      return (await import('./figures')).figures({ ...options, images }, effects)
    })
}

export function ledgerCommand(program: Command, effects: Effects): void {
  program
    .command('ledger')
    .description(
      'compare a manifest with the paper and the public release, with reasons for differences',
    )
    .requiredOption('--manifest <dir>', 'folder of the manifest')
    .option('--json', 'print the result as JSON')
    .option('--csv', 'print the numbers as CSV')
    .action(async options => (await import('./ledger')).ledger(options, effects))
}

const PORT_HELP = 'port to listen on (default: PORT, or 3000)'

const ALLOW_HELP =
  'answer also for this host name, such as that of a proxy in front; may be repeated'

const HOST_HELP = 'host to listen on; 0.0.0.0 opens it to the network'
