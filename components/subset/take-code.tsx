'use client'

import { useState } from 'react'
import { FORMATS, type FormatName } from '../../lib/subset/formats'
import type { Recipe } from '../../lib/subset/recipe'
import { usePlace } from '../engine-provider'
import { CopyButton } from '../ui/copy-button'
import { fetchCommand, writeCommands } from './commands'
import { pythonOf } from './python'

/** SQL that reads the exported file. Used if SQL on the manifest cannot express the subset. */
const OF_PARQUET = `-- DuckDB, in the folder of the file that --format parquet writes
SELECT DISTINCT image, split FROM read_parquet('subset.parquet') ORDER BY image;
`

/**
 * Commands, SQL and Python that give the same subset outside the page.
 *
 * @param sql As `subsetSql`; undefined until the server has answered.
 */
export function TakeCode({ recipe, sql }: { recipe: Recipe; sql: string | null | undefined }) {
  const place = usePlace()
  const [format, setFormat] = useState<FormatName>('image2label')
  return (
    <>
      <label className="mt-3 flex items-center gap-1.5">
        Commands and Python for
        <select
          value={format}
          onChange={event => setFormat(event.target.value as FormatName)}
          className="min-h-[28px] min-w-0 rounded-sm border border-line bg-background px-1"
        >
          {(Object.keys(FORMATS) as FormatName[]).map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Code title="Command line" text={writeCommands(place, recipe, format)} />
      <Code title="Download only these files" text={fetchCommand(place, recipe)} />
      <Code title="Python" text={pythonOf(recipe, format)} />
      <Code title="SQL" text={sql === undefined ? 'Counting…' : (sql ?? OF_PARQUET)} />
    </>
  )
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <section aria-label={title} className="mt-3 min-w-0">
      <h3 className="flex items-center gap-2 text-[12px] font-semibold">
        {title} <CopyButton text={text} what="text" />
      </h3>
      <pre className="bg-raised p-2 text-[12px] break-words whitespace-pre-wrap">{text}</pre>
    </section>
  )
}
