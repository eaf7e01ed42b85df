'use client'

import { type ReactNode, useState } from 'react'
import { csv } from '../../lib/csv'
import { download } from '../download'
import { ToolButton } from '../ui/tool-button'
import type { TableData } from './data-table'

export interface FrameHeaderProps {
  /** Id of the chart; also the file name of exports. */
  readonly name: string
  readonly title: string
  /** One line: the unit and what is counted. */
  readonly unit: ReactNode
  readonly controls?: ReactNode
  readonly table: TableData
  readonly tableShown: boolean
  readonly onTable: (shown: boolean) => void
  /** Makes the file of an export. */
  readonly picture: (format: 'svg' | 'png') => Promise<Blob>
}

/** Title and unit of a chart, its switches, and the buttons for table and files. */
export function FrameHeader(props: FrameHeaderProps) {
  const { name, title, unit, controls, table, tableShown, onTable, picture } = props
  const [failure, setFailure] = useState<string | null>(null)
  const save = async (format: 'csv' | 'svg' | 'png') => {
    try {
      setFailure(null)
      const blob =
        format === 'csv'
          ? new Blob([csv(table.columns, table.rows)], { type: 'text/csv' })
          : await picture(format)
      download(blob, `sa-med2d-${name}.${format}`)
    } catch (cause) {
      setFailure(`Could not create the ${format.toUpperCase()}: ${(cause as Error).message}`)
    }
  }
  return (
    <>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={`${name}-title`} className="font-semibold">
          {title}
        </h2>
        <p className="text-[11px] text-muted">{unit}</p>
        <div className="ml-auto flex flex-wrap items-baseline gap-x-2 text-[11px]">
          {controls}
          <ToolButton look="quiet" pressed={tableShown} onClick={() => onTable(!tableShown)}>
            Table
          </ToolButton>
          {(['csv', 'svg', 'png'] as const).map(format => (
            <ToolButton
              key={format}
              look="quiet"
              label={`Download ${title} as ${format}`}
              onClick={() => save(format)}
            >
              {format.toUpperCase()}
            </ToolButton>
          ))}
        </div>
      </header>
      {failure && (
        <p role="alert" className="text-wrong">
          {failure}
        </p>
      )}
    </>
  )
}
