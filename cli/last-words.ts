import { spawn } from 'node:child_process'

/** Waits for the end of the other process, which closes the pipe, and speaks if nothing came through it before. */
const LISTENER = `
  let heard = ''
  process.stderr.on('error', () => process.exit())
  process.stdin.on('data', data => { heard += data })
    .on('close', () => { if (heard === '') console.error(process.argv[1]) })`

/**
 * Have a line said on stderr if this process ends in a way that it cannot speak of itself: by a crash inside
 * the engine, or killed, as systems do that are short of memory. It takes a small process of its own, for as long as
 * the work does.
 *
 * @returns A function that takes the line back. Ends that the process knows of take it back, too.
 */
export function leaveLastWords(line: string): () => void {
  // Detached: the terminal's Ctrl-C is for the other one.
  const listener = spawn(process.execPath, ['-e', LISTENER, line], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
    windowsHide: true,
  })
  // Without a listener the work is as good, only its sudden death would be silent.
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
