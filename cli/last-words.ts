import { spawn } from 'node:child_process'

/**
 * Waits until the other process closes the pipe by ending, and prints the line if nothing was written to the pipe.
 */
const LISTENER = `
  let heard = ''
  process.stderr.on('error', () => process.exit())
  process.stdin.on('data', data => { heard += data })
    .on('close', () => { if (heard === '') console.error(process.argv[1]) })`

/**
 * Print a line on stderr if this process ends without being able to print: by a crash in native code, or killed,
 * as by a system that is short of memory. Runs a small second process for that.
 *
 * @returns A function that cancels the line. Ordinary ends of the process cancel it too.
 */
export function leaveLastWords(line: string): () => void {
  // Detached, so that Ctrl-C in the terminal reaches only the main process.
  const listener = spawn(process.execPath, ['-e', LISTENER, line], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
    windowsHide: true,
  })
  // Without the second process the work runs as well; only a crash would not be reported.
  listener.on('error', () => {})
  listener.stdin.on('error', () => {})
  listener.unref()
  const takeBack = () => {
    process.off('exit', takeBack)
    if (listener.stdin.writable) listener.stdin.end('.')
  }
  process.once('exit', takeBack)
  return takeBack
}
