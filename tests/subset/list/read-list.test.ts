import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openNodeEngine } from '../../../lib/engine/duckdb.node.ts'
import { quoted } from '../../../lib/sql'
import { readList } from '../../../lib/subset/list/read-list.node.ts'
import { temporaryFolder } from '../../archive/temporary-archive'
import { collector, listOf } from './list-of'

const STEM = 'ct_00--AMOS2022--amos_0004--z_0075'
const IMAGE = `images/${STEM}.png`
const MASK = `masks/${STEM}--0000_000.png`
const BOTH = [IMAGE, MASK]

/** Lists of the image and its mask, as people have them. */
const FORMS: readonly (readonly [name: string, text: string])[] = [
  ['plain', `${IMAGE}\n${MASK}\n`],
  ['without a last line end', `${IMAGE}\n${MASK}`],
  ['CRLF', `${IMAGE}\r\n${MASK}\r\n`],
  ['lone CR', `${IMAGE}\r${MASK}\r`],
  ['empty lines and comments', `# two files\n\n  \n${IMAGE}\n\t# the mask\n${MASK}\n`],
  ['a byte order mark', `\ufeff${IMAGE}\n${MASK}`],
  ['a prefix', `SAMed2Dv1/${IMAGE}\nSAMed2Dv1/${MASK}`],
  ['mixed prefixes', `${IMAGE}\ndata/SAMed2Dv1/${MASK}`],
  ['dot slash', `./${IMAGE}\n././${MASK}`],
  ['absolute', `/mnt/data set/SAMed2Dv1/${IMAGE}\n//host/share/${MASK}`],
  ['Windows', `D:\\data\\SAMed2Dv1\\${IMAGE.replace('/', '\\')}\nmasks\\${STEM}--0000_000.png`],
  ['a folder called images in front', `/images/SAMed2Dv1/${IMAGE}\n/x/masks/SAMed2Dv1/${MASK}`],
  ['URLs', `https://host/a/${IMAGE}\nhttps://host/${MASK}?download=true`],
  ['quotes', `"${IMAGE}"\n'${MASK}'`],
  ['names without folder', `${STEM}.png\n${STEM}--0000_000.png`],
  ['names without .png', `${STEM}\n${STEM}--0000_000`],
  ['folder, no .png', `images/${STEM}\nmasks/${STEM}--0000_000`],
  ['two on a line', `${IMAGE} ${MASK}`],
  ['two on a line with a tab', `${IMAGE}\t${MASK}`],
  ['two names on a line', `${STEM},${STEM}--0000_000`],
  ['a line with a label', `${IMAGE} 0\n${MASK} 1`],
  ['a YAML list', `- ${IMAGE}\n- "${MASK}"`],
  ['spaces around', `  ${IMAGE}  \n\t${MASK}\t`],
  ['pandas', `,image,mask,label\n0,${IMAGE},${MASK},aorta\n`],
  ['pandas without names', `,0,1\n0,${IMAGE},${MASK}\n`],
  ['columns in another order', `label,image,mask\naorta,${IMAGE},${MASK}\n`],
  ['columns with other names', `id,img_path,Mask File\n7,${IMAGE},${MASK}\n`],
  ['columns with unknown names', `id,x,y\n7,${IMAGE},${MASK}\n`],
  ['no header', `7,${IMAGE},${MASK},aorta\n`],
  ['one column', `file_name\n${IMAGE}\n${MASK}\n`],
  ['tabs', `image\tmask\n${IMAGE}\t${MASK}\n`],
  ['semicolons', `image;mask\n${IMAGE};${MASK}\n`],
  ['quoted cells', `"image","mask"\r\n"${IMAGE}","${MASK}"\r\n`],
  ['a list in a cell', `image,masks\n${IMAGE},"['${MASK}']"\n`],
  ['masks in a column called label', `image,label\n${IMAGE},${MASK}\n`],
  ['an image without a mask', `image,mask\n${IMAGE},\n${IMAGE},${MASK}\n${IMAGE},NaN\n`],
  ['image2label', JSON.stringify({ [IMAGE]: [MASK] })],
  ['label2image', JSON.stringify({ [MASK]: IMAGE }, null, 2)],
  ['escaped slashes', JSON.stringify({ [IMAGE]: [MASK] }).replaceAll('/', '\\/')],
  ['absolute paths in JSON', JSON.stringify([{ image: `/d/${IMAGE}`, label: `C:\\d\\${MASK}` }])],
  ['a JSON list', JSON.stringify(BOTH)],
  ['a JSON list of names', JSON.stringify([STEM, `${STEM}--0000_000.png`])],
  ['JSON lines', `{"file_name":"${IMAGE}"}\n{"file_name":"${MASK}"}\n`],
  ['JSON with a byte order mark', `\ufeff${JSON.stringify(BOTH)}`],
  [
    'COCO',
    JSON.stringify({
      info: { url: 'https://host/x', description: 'a set' },
      images: [{ id: 1, file_name: IMAGE }],
      annotations: [{ segmentation: { counts: 'PY\\R1', size: [1, 2] }, mask_file: MASK }],
      categories: [{ id: 1, name: 'liver' }],
    }),
  ],
  ['splits of nnU-Net', JSON.stringify([{ train: [STEM], val: [`${STEM}--0000_000`] }])],
  [
    'unzip -l',
    `Archive:  SA-Med2D-16M.zip
  Length      Date    Time    Name
---------  ---------- -----   ----
        0  2023-08-01 12:00   SAMed2Dv1/
        0  2023-08-01 12:00   SAMed2Dv1/images/
    12345  2023-08-01 12:00   SAMed2Dv1/${IMAGE}
      345  2023-08-01 12:00   SAMed2Dv1/${MASK}
---------                     -------
    12690                     4 files
`,
  ],
  [
    'unzip -v',
    `Archive:  a.zip
 Length   Method    Size  Cmpr    Date    Time   CRC-32   Name
--------  ------  ------- ---- ---------- ----- --------  ----
   12345  Defl:N    12000   3% 2023-08-01 12:00 0123abcd  SAMed2Dv1/${IMAGE}
     345  Stored      345   0% 2023-08-01 12:00 0123abcd  SAMed2Dv1/${MASK}
--------          -------  ---                            -------
   12690            12345   3%                            2 files
`,
  ],
  [
    'zipinfo',
    `Archive:  a.zip
Zip file size: 12690 bytes, number of entries: 2
drwxr-xr-x  3.0 unx        0 bx stor 23-Aug-01 12:00 SAMed2Dv1/images/
-rw-r--r--  3.0 unx    12345 bx defN 23-Aug-01 12:00 SAMed2Dv1/${IMAGE}
-rw-r--r--  3.0 unx      345 bx stor 23-Aug-01 12:00 SAMed2Dv1/${MASK}
2 files, 12690 bytes uncompressed, 12345 bytes compressed:  2.7%
`,
  ],
  [
    'ls -l',
    `total 24
drwxr-xr-x 2 root root  4096 Nov 30 17:18 images
-rw-r--r-- 1 root root 12345 Nov 30 17:18 ${STEM}.png
-rw-r--r--. 1 me my-group 345 Nov 30  2025 ${STEM}--0000_000.png
`,
  ],
  [
    'ls -lR',
    `SAMed2Dv1:
total 8
drwxr-xr-x 2 root root 4096 Nov 30 17:18 images

SAMed2Dv1/images:
total 24
-rw-r--r-- 1 root root 12345 2025-11-30 17:18:00.123 +0100 ${STEM}.png

SAMed2Dv1/masks:
total 4
-rw-r--r-- 1 root root 345 Nov 30 17:18 ${STEM}--0000_000.png
`,
  ],
  ['find', `SAMed2Dv1\nSAMed2Dv1/images\nSAMed2Dv1/${IMAGE}\nSAMed2Dv1/masks\nSAMed2Dv1/${MASK}\n`],
  ['find .', `.\n./images\n./${IMAGE}\n./masks\n./${MASK}\n`],
  [
    'find -ls',
    `  4718 4 drwxr-xr-x 2 root root  4096 Nov 30 17:18 ./images
  4719 12 -rw-r--r--   1 root     root        12345 Nov 30 17:18 ./${IMAGE}
  4720 4 -rw-r--r--   1 root     root          345 Nov 30 17:18 ./${MASK}
`,
  ],
  [
    'tar -tv',
    `drwxr-xr-x root/root         0 2023-08-01 12:00 SAMed2Dv1/images/
-rw-r--r-- root/root     12345 2023-08-01 12:00 SAMed2Dv1/${IMAGE}
-rw-r--r-- root/root       345 2023-08-01 12:00 SAMed2Dv1/${MASK}
`,
  ],
  [
    'zipinfo -1',
    `SAMed2Dv1/\nSAMed2Dv1/images/\nSAMed2Dv1/${IMAGE}\nSAMed2Dv1/masks/\nSAMed2Dv1/${MASK}\n`,
  ],
  ['sha256sum', `${'ab'.repeat(32)}  ${IMAGE}\n${'cd'.repeat(32)} *${MASK}\n`],
  ['du -a', `12\t./${IMAGE}\n4\t./${MASK}\n`],
  [
    'tree',
    `.\n├── images\n│   └── ${STEM}.png\n└── masks\n    └── ${STEM}--0000_000.png\n\n2 directories, 2 files\n`,
  ],
]

test.each(FORMS)('%s', async (name, text) => {
  for (const chunk of [1, 7, 1 << 16]) {
    const { pictures, others, unused } = await listOf(text, chunk)
    expect([...new Set(pictures)].sort(), name).toEqual(BOTH)
    // The folders of tree's drawing are no lines of their own.
    if (name !== 'tree') expect([others, unused]).toEqual([[], []])
  }
})

test.each([
  ['UTF-16, little-endian', Buffer.from(`\ufeff${BOTH.join('\r\n')}`, 'utf16le')],
  ['UTF-16, big-endian', Buffer.from(`\ufeff${BOTH.join('\r\n')}`, 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from(BOTH.join('\n'), 'utf16le')],
  ['JSON in UTF-16', Buffer.from(`\ufeff${JSON.stringify(BOTH)}`, 'utf16le')],
  ['gzip', gzipSync(BOTH.join('\n'))],
  ['gzip of CSV in UTF-16', gzipSync(Buffer.from(`\ufeffimage,mask\n${BOTH.join()}`, 'utf16le'))],
])('%s is read', async (_, bytes) => {
  for (const chunk of [1, 3, 1 << 16])
    expect(await listOf(bytes, chunk)).toEqual({ pictures: BOTH, others: [], unused: [] })
})

test.each<[string, string | Uint8Array, RegExp]>([
  [
    'ZIP',
    'PK\x03\x04xxxxxxxxxxxxxxxx',
    /standard input: this is a ZIP archive or an Excel workbook;/,
  ],
  [
    'zstd',
    Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, ...new Array(20).fill(7)),
    /compressed with zstd; unpack/,
  ],
  ['bzip2', 'BZh91AY&SY0000000000', /compressed with bzip2; unpack it first/],
  ['HTML', '<!doctype html><p>Log in', /an HTML or XML page; download the list itself/],
  ['NUL', 'images/a.png\n\0\0\0\0\0\0\0', /holds NUL characters, at line 1 or behind/],
  ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), /UTF-32 text; save it as UTF-8/],
  [
    'Latin-1',
    Buffer.from(`${IMAGE}\nimages/é.png\n`, 'latin1'),
    /not UTF-8 text, at line \d or behind; save the list as UTF-8/,
  ],
  ['cut gzip', gzipSync(BOTH.join('\n')).subarray(0, 40), /damaged gzip data/],
  [
    'a Python list',
    `['${IMAGE}', '${MASK}']`,
    /a Python list or dict, not JSON; write it with json\.dump/,
  ],
  ['cut JSON', JSON.stringify(BOTH).slice(0, -1), /the JSON ends in the middle/],
  ['cut in a string', JSON.stringify(BOTH).slice(0, -9), /the JSON ends in the middle/],
  ['no JSON', `["${IMAGE}", nope]`, /byte \d+: not valid JSON; write the list again/],
  ['deep JSON', '['.repeat(500), /nested deeper than 64 levels/],
  [
    'a subset file',
    '{"format":"samed2d-subset","version":2}',
    /a subset file, which selects images of a manifest; add --manifest DIR/,
  ],
  ['cut Parquet', 'PAR1xxxxxxxxxxxxxxxxxxxxxxxxxx', /cannot be read as Parquet/],
])('%s is refused by name', async (_, content, message) => {
  for (const chunk of [1, 5, 1 << 16]) await expect(listOf(content, chunk)).rejects.toThrow(message)
})

describe('what is not used', () => {
  test.each<[string, string, unknown]>([
    ['a line of words', `${IMAGE}\nhello there\n`, { others: [['hello there', 2]], unused: [] }],
    [
      'the release’s JSON',
      `SAMed2D_v1.json\n${IMAGE}`,
      { others: [['SAMed2D_v1.json', 1]], unused: [] },
    ],
    [
      'a row without a file',
      `image,mask\n${IMAGE},\n,\nx.tif,\n`,
      { others: [['x.tif', 4]], unused: [[',', 3]] },
    ],
    ['a folder alone', 'images/\n', { others: [], unused: [['images/', 1]] }],
    ['a folder without its files', `${IMAGE}\nmasks/\n`, { others: [], unused: [['masks/', 2]] }],
    [
      'JSON of another kind of file',
      `{"image": "a.nii.gz", "x": "y"}`,
      { others: [['a.nii.gz', 10]], unused: [] },
    ],
    ['a JSON list of words', `["${IMAGE}", "hello"]`, { others: [['hello', 50]], unused: [] }],
    [
      'a word under the key of a file',
      `{"mask": "gone"}`,
      { others: [], unused: [['mask: "gone"', 9]] },
    ],
  ])('%s', async (_, text, expected) => {
    const { others, unused } = await listOf(text)
    expect({ others, unused }).toEqual(expected)
  })
})

test('a name with anything in it comes back from a table and from JSON', async () => {
  const name = fc
    .string({ unit: fc.constantFrom(...'abé漢"\',;|\t -_.()[]#%*?😀') })
    .map(text => `x${text}x`)
    .filter(text => !/\.png|--|\t/.test(text))
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 5 }), async names => {
      const paths = names.map(each => `images/${each}.png`)
      const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
      const csv = ['label,image', ...paths.map(path => `l,${cell(path)}`)].join('\n')
      expect((await listOf(csv)).pictures).toEqual(paths)
      expect((await listOf(JSON.stringify(paths))).pictures).toEqual(paths)
      const plain = paths.filter(path => !/^["'`]|^\s*#/.test(path))
      expect((await listOf(plain.join('\n'))).pictures).toEqual(plain)
    }),
    { numRuns: 300 },
  )
})

describe('Parquet', () => {
  async function parquet(query: string, name = 'a.parquet') {
    const dir = await temporaryFolder()
    const engine = await openNodeEngine()
    const path = join(dir, name)
    await engine.run(`COPY (${query}) TO ${quoted(path)} (FORMAT parquet)`)
    engine.close()
    return path
  }
  const read = async (path: string) => {
    const { sink, ...found } = collector()
    await readList(path, sink)
    return found
  }

  test.each([
    ['columns', `SELECT 1 AS id, '${IMAGE}' AS image, '${MASK}' AS mask`],
    ['a list', `SELECT '${STEM}' AS image, ['${MASK}', NULL] AS masks`],
    [
      'a struct of datasets',
      `SELECT {'bytes': NULL::BLOB, 'path': '${IMAGE}'} AS image, '${MASK}' AS m`,
    ],
    ['rows', `SELECT unnest(['${IMAGE}', '${MASK}']) AS file_name`],
  ])('%s', async (_, query) => {
    expect(await read(await parquet(query))).toEqual({ pictures: BOTH, others: [], unused: [] })
  })

  test('in a folder whose name is a pattern', async () => {
    const path = await parquet(`SELECT '${IMAGE}' AS image`, `[v1] q?x*'#%20.parquet`)
    expect((await read(path)).pictures).toEqual([IMAGE])
  })

  test('rows without a file, and tables without text', async () => {
    const path = await parquet(`SELECT unnest(['${IMAGE}', NULL, 'x']) AS image`)
    expect(await read(path)).toEqual({ pictures: [IMAGE], others: [['x', 3]], unused: [['', 2]] })
    await expect(read(await parquet('SELECT 1 AS id'))).rejects.toThrow(
      /has no column of text among id/,
    )
  })
})

test('a file that is not there is named', async () => {
  await expect(readList('/nowhere/list.txt', collector().sink)).rejects.toThrow(
    /^\/nowhere\/list\.txt: cannot be read/,
  )
  const path = join(await temporaryFolder(), 'empty.txt')
  await writeFile(path, '')
  const { sink, ...found } = collector()
  await readList(path, sink)
  expect(found).toEqual({ pictures: [], others: [], unused: [] })
})
