import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { tryPort } from '../../scripts/free-port.mjs'

/** Start `samed2d serve` on a free port; resolves once it answers. */
export async function startServer(
  args: readonly string[],
): Promise<{ url: string; stop: () => void }> {
  const port = await tryPort(0, '127.0.0.1')
  const server = spawn(
    process.execPath,
    ['cli/samed2d.mjs', 'serve', ...args, '--port', String(port)],
    { stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}`
  const stop = () => void server.kill('SIGTERM')
  for (let i = 0; i < 600; i++) {
    const answers = await fetch(url).then(
      response => response.ok,
      () => false,
    )
    if (answers) return { url, stop }
    await sleep(500)
  }
  stop()
  throw new Error('the server did not start')
}
