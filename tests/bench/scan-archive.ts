import { openArchive } from '../../lib/archive/open-archive.node.ts'
import { scanDirectory } from '../../lib/archive/scan-directory.node.ts'

/** Scans the directory of an archive, in a process of its own so that its memory can be told. */
const archive = await openArchive(process.argv[2] as string)
const start = performance.now()
let entries = 0
for await (const batch of scanDirectory(archive)) entries += batch.entries.length
const seconds = (performance.now() - start) / 1000
await archive.close()
console.log(JSON.stringify({ entries, seconds, peakRss: process.resourceUsage().maxRSS * 1024 }))
