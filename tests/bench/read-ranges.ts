import { openArchive } from '../../lib/archive/open-archive.node.ts'

/**
 * Reads all bytes of an archive over HTTP by plain Range requests and throws them away; prints bytes and
 * seconds as JSON.
 */
const [url = '', parallel = '6'] = process.argv.slice(2)
const READ_BYTES = 8 << 20

const archive = await openArchive(url)
const ranges = archive.parts.sources.flatMap(({ name, size }) =>
  Array.from({ length: Math.ceil(size / READ_BYTES) }, (_, i) => ({
    name,
    range: `bytes=${i * READ_BYTES}-${Math.min(size, (i + 1) * READ_BYTES) - 1}`,
  })),
)
await archive.close()
const start = performance.now()
let bytes = 0
const queue = ranges.values()
const work = async () => {
  for (const { name, range } of queue) {
    const { body } = await fetch(name, { headers: { range } })
    for await (const chunk of body ?? []) bytes += chunk.length
  }
}
await Promise.all(Array.from({ length: Number(parallel) }, work))
console.log(JSON.stringify({ bytes, seconds: (performance.now() - start) / 1000 }))
