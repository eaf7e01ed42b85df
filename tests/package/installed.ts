import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import packageJson from '../../package.json' with { type: 'json' }
import { buildCommand } from '../../scripts/build-command.mjs'

export interface Installed {
  /** Folder of the package. */
  readonly root: string
  /** An empty folder to work in. */
  readonly cwd: string
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>
  dispose(): Promise<void>
}

/**
 * The command line as an install has it, in a path with a space: built from the sources, beside no packages
 * but those that npm would install.
 */
export async function install(): Promise<Installed> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'samed2d package-')))
  const modules = join(dir, 'prefix', 'lib', 'node_modules')
  const root = join(modules, packageJson.name)
  const script = join(root, packageJson.bin.samed2d)
  const cwd = join(dir, 'empty')
  await mkdir(dirname(script), { recursive: true })
  await mkdir(cwd)
  await buildCommand(join(root, 'dist', 'command'))
  for (const file of ['package.json', packageJson.bin.samed2d])
    await copyFile(file, join(root, file))
  for (const name of Object.keys(packageJson.dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true })
    await symlink(await realpath(join('node_modules', name)), join(modules, name), 'junction')
  }
  return {
    root,
    cwd,
    run: (...args) =>
      new Promise(resolve => {
        execFile(process.execPath, [script, ...args], { cwd }, (error, out, err) =>
          resolve({ code: error === null ? 0 : Number(error.code), out, err }),
        )
      }),
    dispose: () => rm(dir, { recursive: true }),
  }
}
