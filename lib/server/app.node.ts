import { homedir, tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { CommandPlace } from '../command-line'
import { UserError } from '../errors'
import { FigureService } from '../figures/figure-service.node.ts'
import type { FirstProblem, RenderFirst } from '../first/first-answers'
import { type FirstSource, openFirst } from '../first/first-answers.node.ts'
import { pathHider } from '../http/hide-paths'
import type { CachePlace } from '../images/serve/cache-place.node.ts'
import { currentPictures } from '../images/serve/current-pictures.node.ts'
import type { PictureService } from '../images/serve/picture-service.node.ts'
import { currentManifest } from '../store/current-manifest.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { SubsetService } from '../subset/subset-service.node.ts'
import type { AppFiles } from './app-files.node.ts'
import { PageCache } from './page-cache'

/** Settings of the server. */
export interface AppSettings {
  /** Folder or URL of the manifest. */
  readonly manifest: string
  /** Image store, as for `--images`; undefined depends on the manifest. */
  readonly images?: string | undefined
  /** Further folders that links of a release folder may lead into. */
  readonly allowRoots?: readonly string[]
  /** Other origins that pages may read from. */
  readonly connect: readonly string[]
  /** Where drawn pictures are cached; null for no cache. */
  readonly pictureCache: CachePlace | null
  /** How commands on this manifest start, for commands that pages print. */
  readonly place: CommandPlace
  /** Folder with the engines' files. */
  readonly engineDir: string
}

/** Everything that answers requests. */
export interface App {
  readonly settings: AppSettings
  readonly files: AppFiles
  readonly render: RenderFirst
  readonly pages: PageCache
  readonly subsets: SubsetService
  readonly figures: FigureService
  /** Makes messages of errors fit for other machines, as `pathHider`. */
  readonly hidePaths: (text: string) => string
  /** The current manifest. @throws UserError if it cannot be read. */
  manifest(): Promise<ManifestFolder>
  /** @throws UserError as `manifest`, and if the pictures cannot be opened. */
  pictures(): Promise<PictureService>
  /** @throws UserError as `manifest`, and if a file of it is damaged. */
  first(): Promise<FirstSource>
}

/** Make an app. Manifest and pictures are opened at the first request that needs them. */
export function makeApp(settings: AppSettings, files: AppFiles, render: RenderFirst): App {
  const hidePaths = pathHider(placesOf(settings))
  const manifest = () => currentManifest(settings.manifest)
  const { images, pictureCache, allowRoots } = settings
  const pictures = currentPictures(manifest, images, pictureCache, { hidePaths, allowRoots })
  return {
    settings,
    files,
    render,
    pages: new PageCache(),
    subsets: new SubsetService(images, { hidePaths, allowRoots }),
    hidePaths,
    manifest,
    pictures,
    figures: new FigureService(pictures, hidePaths),
    first: currentFirst(manifest, settings.place),
  }
}

/** Places of this machine that messages may name. */
const placesOf = ({ manifest, images, pictureCache, engineDir }: AppSettings): string[] =>
  [manifest, images ?? '', pictureCache?.dir ?? '', engineDir, process.cwd(), tmpdir(), homedir()]
    .filter(place => place !== '' && !/^https?:/i.test(place))
    .map(place => resolve(place))

/** First answers of the current manifest, read once per manifest, and again after a failure. */
function currentFirst(
  manifest: () => Promise<ManifestFolder>,
  place: CommandPlace,
): () => Promise<FirstSource> {
  let current: { text: string; source: Promise<FirstSource> } | undefined
  return async () => {
    const folder = await manifest()
    if (current?.text === folder.text) return current.source
    const source = openFirst(folder, place)
    current = { text: folder.text, source }
    source.catch(() => {
      if (current?.source === source) current = undefined
    })
    return source
  }
}

/** The source of first answers, or why the manifest cannot be read. */
export async function sourceOrProblem(app: App): Promise<FirstSource | FirstProblem> {
  try {
    return await app.first()
  } catch (error) {
    if (error instanceof UserError)
      return { problem: app.hidePaths(error.message), place: app.settings.place }
    throw error
  }
}
