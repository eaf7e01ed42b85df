import { spawn } from 'node:child_process'
import { peakRssOf } from './process-memory'

interface Run {
  readonly seconds: number
  /** Bytes. */
  readonly peakRss: number
  readonly stdout: string
}

/** Run the command line as a user does, and watch its memory. */
export function runMeasured(args: string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, ['cli/samed2d.mjs', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    child.stdout.on('data', data => {
      stdout += data
    })
    let errors = ''
    child.stderr.on('data', data => {
      errors = (errors + data).slice(-2000)
    })
    let peakRss = 0
    const timer = setInterval(() => {
      peakRss = Math.max(peakRss, peakRssOf(child.pid ?? 0))
    }, 50)
    child.on('exit', code => {
      clearInterval(timer)
      if (code !== 0) reject(new Error(`samed2d ${args.join(' ')}: exit code ${code}\n${errors}`))
      else resolve({ seconds: (performance.now() - start) / 1000, peakRss, stdout })
    })
  })
}
