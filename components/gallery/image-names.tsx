import { sizeText } from '../../lib/gallery/captions'
import type { PictureInfo } from '../../lib/images/picture-info'
import { originalUrl } from '../../lib/images/picture-url'
import { isLarge, LARGE_WIDTH } from '../../lib/images/picture-widths'
import { CopyButton } from '../ui/copy-button'
import { FoundList } from './found-list'

/** The link of an image, and its files with their names in the release, to copy and to download. */
export function ImageNames({ info }: { info: PictureInfo }) {
  const paths = [info.path, ...info.masks.map(({ path }) => path)]
  const name = info.path.slice(info.path.lastIndexOf('/') + 1)
  // Without the filter, so that the link shows the image to everybody.
  const link = `${window.location.origin}/gallery?image=${info.imageId}`
  return (
    <section aria-labelledby="image-files" className="min-w-0">
      <h2 id="image-files" className="mb-1 font-semibold">
        Files
      </h2>
      <p className="text-[12px] text-muted">
        {sizeText(info)}
        {info.width && info.height && isLarge({ width: info.width, height: info.height })
          ? `; shown at most ${LARGE_WIDTH} px wide`
          : ''}
      </p>
      <FoundList found={info.found} />
      <div className="my-1 flex flex-wrap items-center gap-x-3">
        {info.store && (
          <a href={originalUrl(info.imageId)} download={name} className="underline">
            Download the original PNG
          </a>
        )}
        <CopyButton text={link} what="link to this image" />
      </div>
      <textarea
        readOnly
        aria-label="File names"
        data-testid="file-names"
        value={paths.join('\n')}
        rows={Math.min(8, paths.length + 1)}
        wrap="off"
        className="w-full resize-y bg-raised p-2 font-mono text-[11px]"
      />
      <CopyButton
        text={paths.join('\n')}
        what={paths.length === 1 ? 'file name' : `${paths.length} file names`}
      />
    </section>
  )
}
