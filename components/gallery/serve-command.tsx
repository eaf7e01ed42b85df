import { commandLine } from '../../lib/command-line'
import { usePlace } from '../engine-provider'

/** How to start the server with pictures. */
export function ServeCommand() {
  const { samed2d, manifest } = usePlace()
  return (
    <code className="break-words">
      {commandLine(samed2d, 'serve', '--manifest', manifest, '--images', '/path/to/SAMed2Dv1')}
    </code>
  )
}
