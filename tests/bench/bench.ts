import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatBytes } from '../../lib/format'
import { readManifest } from '../../lib/store/read-manifest.node.ts'
import { measureArchive } from './measure-archive'
import { measureFetch } from './measure-fetch'
import { measureGallery } from './measure-gallery'
import { measureIngestArchive } from './measure-ingest-archive'
import { measureMeasure } from './measure-measure'
import { measurePage } from './measure-page'
import { measureSubset } from './measure-subset'
import { measureThumbnails } from './measure-thumbnails'
import { type Measurement, row } from './measurement'
import { runMeasured } from './run-measured'

/**
 * Measures the budgets of the product on this machine and prints them as a table. Full size by
 * default; `--scale 0.01` for a quick look, whose figures say nothing about the budgets.
 */
const HELP = `npm run bench -- [--scale SHARE] [--only PARTS] [--entries COUNTS]

--scale    share of the full size, 1 by default; figures of less say nothing about the budgets
--only     of archive,reference,ingest,stats,subset,fetch,measure,gallery,thumbnails,page, separated by commas
--entries  of the releases that are ingested, 400000,4000000 by default; the full size,
           --entries 400000,4000000,20000000, takes a quarter of an hour more and 12 GB of disk

Temporary files lie in the system's temporary folder, and are gone at the end.`

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    only: { type: 'string' },
    // Entries of the releases that are ingested; the release's own number takes a quarter of an hour.
    entries: { type: 'string', default: '400000,4000000' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit()
}
const scale = Number(values.scale)
const entries = values.entries.split(',').map(count => Math.round(Number(count) * scale))
const wants = (part: string) => !values.only || values.only.split(',').includes(part)

const dir = await mkdtemp(join(tmpdir(), 'samed2d-bench-'))
const results: Measurement[] = []
const note = (measurement: Measurement) => {
  results.push(measurement)
  console.log(row(measurement))
}

try {
  console.log(`${cpus().length} cores, Node ${process.version}, scale ${scale}\n`)
  if (wants('archive'))
    for await (const measurement of measureArchive(join(dir, 'archive'), scale)) note(measurement)
  const reference = join(dir, 'reference')
  // The other parts read it.
  if (['reference', 'stats', 'subset', 'gallery', 'thumbnails', 'page'].some(wants)) {
    const written = await runMeasured(['reference', '--out', reference, '--scale', String(scale)])
    note({ what: 'reference: time', value: written.seconds, unit: 's', budget: 40 })
    note({ what: 'reference: peak RSS', value: written.peakRss / 1e9, unit: 'GB', budget: 2 })
    const { manifest } = await readManifest(reference)
    const bytes = Object.entries(manifest.files)
      .filter(([table]) => table !== 'mask_boxes')
      .flatMap(([, files]) => files)
      .reduce((sum, file) => sum + file.bytes, 0)
    note({ what: 'manifest without boxes', value: bytes / 1e6, unit: 'MB', budget: 90 })
    for (const [table, [file]] of Object.entries(manifest.files))
      if (file && file.bytes > 1e6)
        console.log(`  ${table}: ${formatBytes(file.bytes)}, ${file.rows} rows`)
  }
  if (wants('ingest')) {
    for await (const measurement of measureIngestArchive(join(dir, 'archives'), entries))
      note(measurement)
  }
  if (wants('stats')) {
    const stats = await runMeasured(['stats', '--manifest', reference, '--json'])
    note({ what: 'stats of everything', value: stats.seconds, unit: 's' })
  }
  if (wants('subset'))
    for await (const measurement of measureSubset(reference, dir, scale)) note(measurement)
  if (wants('fetch'))
    for await (const measurement of measureFetch(join(dir, 'fetch'), scale)) note(measurement)
  if (wants('measure'))
    for await (const measurement of measureMeasure(dir, scale)) note(measurement)
  if (wants('gallery')) for await (const measurement of measureGallery(reference)) note(measurement)
  if (wants('thumbnails'))
    for await (const measurement of measureThumbnails(reference, dir)) note(measurement)
  if (wants('page')) for await (const measurement of measurePage(reference)) note(measurement)

  const missed = results.filter(({ value, budget, more }) =>
    budget === undefined ? false : more ? value < budget : value > budget,
  )
  console.log(`\n${results.length} measurements, ${missed.length} over budget`)
} finally {
  await rm(dir, { recursive: true, force: true })
}
