import { AREA_SHARE_BINS, type Bins } from './bins'
import { FLAGS } from './flags'
import { BINNED_ATTRIBUTES, IMAGE_ATTRIBUTES } from './image-attributes'
import { FORMAT_VERSION } from './manifest'
import { IMAGE_FLAGS, MASK_FLAGS, NOT_MEASURED } from './quality'
import type { LoadStage } from './table'
import { AXES, OPTIONAL_TABLES, TABLE_NAMES, type TableName, tableOf } from './tables'

const loaded = (load: readonly LoadStage[]) =>
  load.length === 0
    ? 'The page does not load it.'
    : `The page loads it ${load.map(stage => WHEN[stage]).join(' and ')}.`

const WHEN: Record<LoadStage, string> = {
  cubes: 'before it responds',
  rows: 'in the background',
}

/** docs/manifest.md: the format in words, made from the definitions that readers and writers use. */
export function describeManifest(): string {
  return `# The manifest, format version ${FORMAT_VERSION}

A manifest is a folder: \`manifest.json\` and Parquet files (zstd). Any tool that reads Parquet can use
it. \`manifest.json\` lists, for each table, its files in the order of rows, each with name, rows, bytes
and SHA-256; file names carry the first 16 digits of that hash, so that they can be cached for good.
Unknown values are NULL, never 0 or an empty text.

A table is one file, or several of at most 20 MB, because some hosts of static files refuse larger ones.
After \`--partition\`, \`images\`, \`masks\`, \`mask_boxes\` and \`locator\` have files of their own for each
modality and dataset that has rows, and their entries say which (\`partition\`). Rows are in the same order
either way: the files of a table one after the other are the table.

Integers are signed (INTEGER, BIGINT), because Iceberg, Delta and Trino have no unsigned ones, and so that
\`width * height\` does not overflow. The page keeps them in narrower types in memory.

Programs refuse manifests of older formats. The command \`upgrade\` converts a manifest of format 1 to
${FORMAT_VERSION - 1} to this format and keeps all measurements.

The last key of \`manifest.json\` is \`checksum\`: the SHA-256 of the file with 64 zeros in its place.
\`id\` is the SHA-256 over a line \`{table} {sha256}\` for each file, in the order of table names and
files, without \`locator\`.

Other programs may write a manifest too. Their files may have any name of letters, digits and
\`._=-\` that ends in \`.parquet\`, without folders, and any compression that DuckDB and parquet-wasm read;
columns, types, order and NULLs are as below. The command \`verify\` says whether a manifest follows all rules.

The name of an image file is
\`{submodality}--{dataset}--{case_name}--{axis}_{slice, four digits}.png\`, or \`--2d_none.png\` for 2D
sources; a mask's is its image's name with \`--{class_id}_{instance, three digits}\` before \`.png\`.

\`axis_id\` is ${AXES.map((axis, id) => `${id} for ${axis}`).join(', ')}.

${[...TABLE_NAMES, ...OPTIONAL_TABLES].map(table).join('\n')}
## Quality flags

The command \`measure\` writes the table \`quality\`. A picture may have several flags.

| of | flag | meaning |
|---|---|---|
${flags('image', IMAGE_FLAGS)}
${flags('mask', MASK_FLAGS)}

## Pictures that were not measured

What \`measure\` refuses to read is no defect. Such a picture has a row in \`quality\` too, with one of these
codes, and no other flag; what would have been measured is NULL. \`manifest.json\` counts them apart from the
flags, as \`measured.notMeasured\`. The next \`measure\` tries exactly these pictures again.

| code | reason |
|---|---|
${notMeasured}

## Flags of images

The column \`flags\` of images, repeated in masks and cubes, is a sum of the numbers of the flags that
an image has: \`flags & 16 <> 0\` asks for one. The facet \`flag\` of the filter takes the codes, and
\`none\` for images without any of them. They come from the tables \`quality\` and
\`duplicates\`, as far as a manifest has them, and from known issues that users have reported
(\`data/known-defects.json\`).

| flag | number | meaning |
|---|---|---|
${imageFlags}

## Bins

Bins are half-open, from one edge to the next; the last one has no upper end.

| columns | unit | lower edges |
|---|---|---|
${imageBins}
| area_bin | ${AREA_SHARE_BINS.unit} | ${edges(AREA_SHARE_BINS)} |
`
}

const flags = (of: string, docs: Readonly<Record<string, string>>) =>
  Object.entries(docs)
    .map(([flag, doc]) => `| ${of} | ${flag} | ${doc} |`)
    .join('\n')

const imageFlags = FLAGS.map(({ code, bit, doc }) => `| ${code} | ${2 ** bit} | ${doc} |`).join(
  '\n',
)

const notMeasured = Object.entries(NOT_MEASURED)
  .map(([code, doc]) => `| ${code} | ${doc} |`)
  .join('\n')

const edges = (bins: Bins) => bins.edges.join(', ')

const columnsIn = (bins: Bins) =>
  BINNED_ATTRIBUTES.map(name => IMAGE_ATTRIBUTES[name])
    .filter(one => one.bins === bins)
    .map(one => one.column)
    .join(', ')

/** One row for each set of bins, with the columns that use it. */
const imageBins = [...new Set<Bins>(BINNED_ATTRIBUTES.map(name => IMAGE_ATTRIBUTES[name].bins))]
  .map(bins => `| ${columnsIn(bins)} | ${bins.unit} | ${edges(bins)} |`)
  .join('\n')

function table(name: TableName): string {
  const { doc, load, sortedBy, columns, notInBrowser = [], optional } = tableOf(name)
  const rows = Object.entries(columns).map(([column, { type, nullable, references, doc }]) => {
    const notes = [
      doc,
      ...(references ? [`refers to \`${references}\``] : []),
      ...(notInBrowser.includes(column) ? ['not loaded by the page'] : []),
    ]
    return `| ${column} | ${type}${nullable ? ', NULL' : ''} | ${notes.join('; ').replaceAll('|', '\\|')} |`
  })
  return `## ${name}

${doc} ${optional ? 'Not every manifest has it. ' : ''}Sorted by ${sortedBy.join(', ')}. ${loaded(load)}

| column | type | meaning |
|---|---|---|
${rows.join('\n')}
`
}
