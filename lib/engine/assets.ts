import assets from './assets.json' with { type: 'json' }

/** One file of the engines that the browser fetches beside the page's own scripts. */
export interface EngineAsset {
  /** npm package that it comes from, at exactly this version. */
  readonly package: string
  readonly version: string
  /** Path inside the package. */
  readonly source: string
  /** Name under which it is served; carries the version, so it can be cached for good. */
  readonly file: string
  /** Value of Content-Type. */
  readonly type: string
}

export type EngineAssetName = keyof typeof assets

/** The files, by what they are for. The table is JSON because the scripts that copy them read it too. */
export const ENGINE_ASSETS: Readonly<Record<EngineAssetName, EngineAsset>> = assets

const url = (name: EngineAssetName) => `/engine/${ENGINE_ASSETS[name].file}`

/** Where the browser finds each of them. */
export const ENGINE_URLS: Readonly<Record<EngineAssetName, string>> = {
  duckdbWasm: url('duckdbWasm'),
  duckdbWorker: url('duckdbWorker'),
  parquetWasm: url('parquetWasm'),
}
