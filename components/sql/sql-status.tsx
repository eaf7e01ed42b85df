import { formatBytes } from '../../lib/format'
import type { Workbench } from './use-workbench'

/** Progress of loading the tables, or the outcome of the last statement. */
export function SqlStatus({ bench }: { bench: Workbench }) {
  const { activity, progress, failure, problem, reopen } = bench
  return (
    <>
      {activity === 'loading' && (
        <p role="status" className="text-muted">
          Loading the tables into a separate database
          {progress && `: ${formatBytes(progress.bytes)} of ${formatBytes(progress.bytesTotal)}`}
          {progress && (
            <progress
              className="ml-2 h-1 w-40 align-middle"
              value={progress.bytes}
              max={progress.bytesTotal}
              aria-label="Tables loaded"
            />
          )}
        </p>
      )}
      {failure && (
        <p role="alert" className="text-wrong">
          {failure}{' '}
          <button type="button" onClick={reopen} className="underline">
            Retry
          </button>
        </p>
      )}
      {problem && (
        <p
          role="alert"
          data-testid="sql-problem"
          className="overflow-x-auto font-mono text-[12px] whitespace-pre-wrap text-wrong"
        >
          {problem}
        </p>
      )}
    </>
  )
}
