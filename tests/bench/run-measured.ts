import { spawn } from 'node:child_process'
import { diskOfFolders } from './disk-of-folders'
import { peakRssOf } from './process-memory'

interface Run {
  readonly seconds: number
  /** Bytes. */
  readonly peakRss: number
  /** Most bytes that lay in the folders that were watched. */
  readonly peakDisk: number
  readonly stdout: string
}

/**
 * Run the command line as a user does, and watch its memory.
 *
 * @param folders What the paths of folders start with whose size is watched, too.
 */
export function runMeasured(args: string[], folders?: string): Promise<Run> {
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
    let peakDisk = 0
    const timer = setInterval(() => {
      peakRss = Math.max(peakRss, peakRssOf(child.pid ?? 0))
      if (folders) peakDisk = Math.max(peakDisk, diskOfFolders(folders))
    }, 50)
    child.on('exit', code => {
      clearInterval(timer)
      if (code !== 0) reject(new Error(`samed2d ${args.join(' ')}: exit code ${code}\n${errors}`))
      else resolve({ seconds: (performance.now() - start) / 1000, peakRss, peakDisk, stdout })
    })
  })
}
