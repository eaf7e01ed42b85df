/** A repair that kills its own process at the nth call of a stage: `doctor-child.ts ZIP FROM STAGE N`. */
import { examined } from '../doctor/small-archive'

const [zip = '', from = '', stage = '', n = '0'] = process.argv.slice(2)
let left = Number(n)
const count = (now: string) => {
  if (now === stage && left-- === 0) process.kill(process.pid, 'SIGKILL')
}
const { ok } = await examined(zip, {
  from,
  repair: true,
  onProgress: count,
  onStep: () => count('step'),
})
process.exitCode = ok ? 0 : 1
