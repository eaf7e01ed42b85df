/** Why an input of a release was not accepted: code → one line for people. */
export const REJECT_REASONS = {
  'malformed-name': 'the name does not have the parts that every file of the release has',
  'path-trick': 'the path is absolute, climbs folders, or holds control or direction characters',
  'wrong-folder': 'images must lie directly in images/, masks directly in masks/',
  'not-png': 'the name does not end in .png',
  'unknown-modality': 'the name starts with a modality prefix that no known file has',
  'unknown-axis': 'the name ends neither in x_, y_ or z_ and a slice number nor in 2d_none',
  'bad-number':
    'a slice or instance number is above 65535 or not written as the release writes it (0007, 012)',
  'bad-class-id': 'a class id must be exactly four digits',
  'bad-label':
    'the label is empty, or holds control, direction or other characters that cannot be shown',
  'unknown-dataset': 'the class map does not list the dataset',
  'ambiguous-name': 'the name can be split into dataset and case in more than one way',
  'unknown-class': 'the class map has no label for this class id in this dataset',
  'ambiguous-class-id': 'the class map gives this class id to several labels of the dataset',
  'mask-of-another-image':
    'the mask’s name belongs to another image than the image it is listed under',
  'image-rejected': 'the image that the mask is listed under was rejected',
  'duplicate-image': 'the index lists this image more than once; the first listing counts',
  'duplicate-mask': 'the image lists this mask more than once; the first listing counts',
  'too-many-masks': 'an image can have at most 65535 masks',
  'not-in-archive': 'the index lists it, but the archive has no such file',
  'repeated-entry': 'the archive has several files of this name',
  'no-image': 'the archive does not have the image that the mask’s name belongs to',
  'not-in-index': 'the archive has this file, but the index does not list it',
  'unsafe-entry': 'the entry of the archive is unsafe',
  'bad-value': 'the value is of the wrong type: paths and class ids are strings',
} as const

export type RejectReason = keyof typeof REJECT_REASONS
