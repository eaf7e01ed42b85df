'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Progress } from '../../lib/engine/read-tables.browser.ts'
import { asSentence, EngineLostError, messageOf } from '../../lib/errors'
import type { PageManifest } from '../../lib/first/first-answers'
import type { Answer, SqlDatabase } from '../../lib/workbench/database.browser.ts'
import { stopWhenLeft } from '../stop-when-left'

/** Maximum number of rows that are shown; files have all rows. */
export const MAX_ROWS = 100_000

/** State of the database. */
export type Activity = 'loading' | 'idle' | 'running' | 'failed'

export interface Workbench {
  readonly activity: Activity
  readonly progress: Progress | null
  /** Why the tables could not be loaded. */
  readonly failure: string | null
  /** The last answer with its statement; of an earlier statement while there is a problem. */
  readonly answer: (Answer & { readonly text: string }) | null
  /** Why the last statement has no answer. */
  readonly problem: string | null
  readonly run: (text: string) => void
  readonly cancel: () => void
  /** Load the tables again; changes that statements made are lost. */
  readonly reopen: () => void
  /** Calls back with all rows of a statement. @throws as the statement does. */
  readonly each: SqlDatabase['each'] | null
}

/** A database for statements, opened with the page and opened again when it is lost. */
export function useWorkbench(manifest: PageManifest): Workbench {
  const [attempt, setAttempt] = useState(0)
  const [database, setDatabase] = useState<SqlDatabase | null>(null)
  const [progress, setProgress] = useState<Progress | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [answer, setAnswer] = useState<Workbench['answer']>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [isRunning, setRunning] = useState(false)
  const running = useRef<AbortController | null>(null)
  const shown = useRef<AbortSignal | null>(null)

  const reopen = useCallback(() => {
    setDatabase(null)
    setFailure(null)
    setAttempt(n => n + 1)
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the id stands for the manifest
  useEffect(() => {
    const stop = new AbortController()
    const unwatch = stopWhenLeft(stop, reopen)
    shown.current = stop.signal
    import('../../lib/workbench/load-tables.browser.ts')
      .then(({ openWorkbench }) => openWorkbench(manifest, setProgress, stop.signal))
      .then(
        one => {
          if (stop.signal.aborted) return
          setProgress(null)
          setDatabase(one)
        },
        error => {
          if (!stop.signal.aborted) setFailure(messageOf(error))
        },
      )
    return () => {
      unwatch()
      stop.abort()
      running.current?.abort()
    }
  }, [manifest.id, attempt])

  const run = useCallback(
    async (text: string) => {
      if (!database || running.current) return
      const stop = new AbortController()
      running.current = stop
      setRunning(true)
      setProblem(null)
      try {
        setAnswer({ ...(await database.run(text, MAX_ROWS, stop.signal)), text })
      } catch (error) {
        // The page was left; the database is opened again when the reader comes back.
        if (shown.current?.aborted) return
        if (error instanceof EngineLostError) {
          // The statement is not run again, because it may have crashed the database.
          setProblem(
            `${asSentence(error.message)} The tables are being reloaded; your statement is still in the editor.`,
          )
          reopen()
        } else setProblem(stop.signal.aborted ? 'Stopped.' : messageOf(error))
      } finally {
        running.current = null
        setRunning(false)
      }
    },
    [database, reopen],
  )
  const cancel = useCallback(() => running.current?.abort(), [])

  const activity = failure ? 'failed' : !database ? 'loading' : isRunning ? 'running' : 'idle'
  const each = database?.each ?? null
  return { activity, progress, failure, answer, problem, run, cancel, reopen, each }
}
