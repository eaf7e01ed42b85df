'use client'

import dynamic from 'next/dynamic'
import { useEffect, useMemo, useState } from 'react'
import { EXAMPLES } from '../../lib/workbench/examples'
import { filesHave, rowsIn } from '../../lib/workbench/loaded'
import { sqlTables } from '../../lib/workbench/schema'
import { useEngine } from '../engine-provider'
import { ToolButton } from '../ui/tool-button'
import { AnswerView } from './answer-view'
import { EarlierAnswer } from './earlier-answer'
import { readDraft, writeDraft } from './saved-statements'
import { SchemaList } from './schema-list'
import { SqlStatus } from './sql-status'
import { StatementLists } from './statement-lists'
import { useWorkbench } from './use-workbench'

const SqlEditor = dynamic(() => import('./sql-editor'), {
  ssr: false,
  loading: () => <div className="min-h-32 border border-line" />,
})

/** Longer statements are not written to the URL. */
const MAX_SHARED = 6000

/** SQL on the manifest's tables, in a separate database. */
export function SqlPage() {
  const { manifest } = useEngine()
  const bench = useWorkbench(manifest)
  const [text, setText] = useState('')
  const tables = useMemo(() => sqlTables(filesHave(manifest)), [manifest])
  useEffect(() => setText(sharedText() ?? readDraft() ?? EXAMPLES[0]?.sql ?? ''), [])
  const write = (next: string) => {
    setText(next)
    writeDraft(next)
  }
  const isIdle = bench.activity === 'idle'
  const run = (statement: string) => {
    if (!isIdle || statement.trim() === '') return
    share(statement)
    bench.run(statement)
  }
  return (
    <main
      data-testid="sql"
      data-activity={bench.activity}
      className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] content-start gap-x-6 gap-y-3 px-4 py-3 md:grid-cols-[260px_minmax(0,1fr)]"
    >
      <h1 className="sr-only">SQL</h1>
      <aside className="min-w-0 max-md:order-2">
        <StatementLists text={text} onTake={write} />
        <SchemaList
          tables={tables}
          rowsOf={table => rowsIn(manifest, table)}
          onInsert={name => write(`${text}${/\s$|^$/.test(text) ? '' : ' '}${name}`)}
        />
      </aside>
      <div className="flex min-w-0 flex-col gap-2">
        <SqlEditor text={text} tables={tables} onText={write} onRun={run} />
        <div className="flex flex-wrap items-center gap-2">
          {bench.activity === 'running' ? (
            <ToolButton onClick={bench.cancel}>Stop</ToolButton>
          ) : (
            <ToolButton onClick={() => run(text)} disabled={!isIdle} title="Ctrl Enter or ⌘ Enter">
              Run
            </ToolButton>
          )}
          <ToolButton
            onClick={bench.reopen}
            disabled={bench.activity === 'loading'}
            title="Discards tables and views that your statements created or changed"
          >
            Reload tables
          </ToolButton>
          <span className="text-[11px] text-muted">
            DuckDB SQL, running in this tab; nothing is sent to a server. After a run, the URL holds
            the statement.
          </span>
        </div>
        <SqlStatus bench={bench} />
        {bench.answer &&
          (bench.problem === null ? (
            <AnswerView answer={bench.answer} each={bench.each} isIdle={isIdle} />
          ) : (
            <EarlierAnswer answer={bench.answer} />
          ))}
      </div>
    </main>
  )
}

/** The statement in the URL. It is never run without a click of the reader. */
const sharedText = () => new URLSearchParams(window.location.search).get('q')

function share(text: string) {
  const query = `?q=${encodeURIComponent(text)}`
  const to = query.length <= MAX_SHARED ? query : window.location.pathname
  window.history.replaceState(window.history.state, '', to)
}
