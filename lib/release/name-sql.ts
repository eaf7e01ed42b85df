/**
 * SQL for file names, equal to `imageName` and `maskName`, for millions of rows. Columns in scope: submodality,
 * dataset, case_name, axis, slice; for masks also class_id and instance.
 */
const IMAGE_STEM = `submodality || '--' || dataset || '--' || case_name || '--'
  || CASE WHEN slice IS NULL THEN '2d_none' ELSE axis || '_' || printf('%04d', slice::INTEGER) END`

/** Path of an image within the release. */
export const IMAGE_NAME_SQL = `('images/' || ${IMAGE_STEM} || '.png')`

/** Path of a mask within the release. */
export const MASK_NAME_SQL = `('masks/' || ${IMAGE_STEM} || '--' || class_id || '_'
  || printf('%03d', instance::INTEGER) || '.png')`
