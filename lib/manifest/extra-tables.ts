import { imageId, instance, labelId } from './columns'
import type { Table } from './table'

/** The optional tables of `TABLES`, whose data comes from an archive, from measuring, or from other programs. */
export const EXTRAS = {
  locator: {
    doc: 'One row per image and mask found in the release’s archive, with its position there.',
    load: [],
    sortedBy: ['image_id', 'label_id', 'instance'],
    optional: true,
    columns: {
      image_id: imageId,
      label_id: { ...labelId, nullable: true, doc: 'label of the mask; NULL for the image itself' },
      instance: { ...instance, nullable: true, doc: 'of the mask; NULL for the image itself' },
      part: {
        type: 'INTEGER',
        loadAs: 'USMALLINT',
        doc: 'part of the archive, from 0; the .zip is the last',
      },
      offset: { type: 'BIGINT', doc: 'of the entry’s local header within the part' },
      compressed_bytes: { type: 'INTEGER', loadAs: 'UINTEGER', doc: 'size in the archive' },
      bytes: { type: 'INTEGER', loadAs: 'UINTEGER', doc: 'size of the file' },
      method: { type: 'INTEGER', loadAs: 'UTINYINT', doc: '0 stored, 8 deflated' },
      crc32: { type: 'BIGINT', loadAs: 'UINTEGER', doc: 'CRC-32 of the file' },
    },
  },
  quality: {
    doc: 'One row per flag that measuring gave to an image or mask, and per picture that was not measured; no rows if there are none.',
    load: [],
    sortedBy: ['image_id', 'label_id', 'instance', 'flag'],
    optional: true,
    columns: {
      image_id: imageId,
      label_id: { ...labelId, nullable: true, doc: 'label of the mask; NULL for the image itself' },
      instance: { ...instance, nullable: true, doc: 'of the mask; NULL for the image itself' },
      flag: { type: 'VARCHAR', doc: 'code of the flag, or of the reason why it was not measured' },
      detail: { type: 'VARCHAR', nullable: true, doc: 'what was found, in words' },
    },
  },
  hashes: {
    doc: 'One row per image whose look was hashed: images that look alike have hashes that differ in few bits.',
    load: [],
    sortedBy: ['image_id'],
    optional: true,
    columns: {
      image_id: imageId,
      hash: { type: 'BIGINT', doc: 'perceptual hash of 64 bits' },
    },
  },
  scores: {
    doc: 'One row per number that another program gave to an image or mask, such as the Dice score of a model.',
    load: [],
    sortedBy: ['score', 'image_id', 'label_id', 'instance'],
    optional: true,
    columns: {
      score: { type: 'VARCHAR', doc: 'name of the score' },
      image_id: imageId,
      label_id: { ...labelId, nullable: true, doc: 'label of the mask; NULL for the image itself' },
      instance: { ...instance, nullable: true, doc: 'of the mask; NULL for the image itself' },
      value: { type: 'DOUBLE', doc: 'the number' },
    },
  },
  duplicates: {
    doc: 'One row per image that has the size in bytes and the CRC-32 of another image; from the locator.',
    load: [],
    sortedBy: ['duplicate_group', 'image_id'],
    optional: true,
    columns: {
      duplicate_group: {
        type: 'INTEGER',
        loadAs: 'UINTEGER',
        doc: 'the same for equal images; dense, from 0, in order of the first image',
      },
      image_id: imageId,
    },
  },
} as const satisfies Record<string, Table>
