import assets from './assets.json' with { type: 'json' }

/** A file of the engines that the browser fetches in addition to the page's scripts. */
export interface EngineAsset {
  /** npm package that it comes from, at exactly this version. */
  readonly package: string
  readonly version: string
  /** Path inside the package. */
  readonly source: string
  /** Name in the URL; contains the version, so that the file can be cached forever. */
  readonly file: string
  /** Value of Content-Type. */
  readonly type: string
}

export type EngineAssetName = keyof typeof assets

/** The files by purpose. The table is JSON, because the scripts that copy the files read it too. */
export const ENGINE_ASSETS: Readonly<Record<EngineAssetName, EngineAsset>> = assets

const url = (name: EngineAssetName) => `/engine/${ENGINE_ASSETS[name].file}`

/** URL of each file. */
export const ENGINE_URLS: Readonly<Record<EngineAssetName, string>> = {
  duckdbWasm: url('duckdbWasm'),
  duckdbWorker: url('duckdbWorker'),
  parquetWasm: url('parquetWasm'),
}
