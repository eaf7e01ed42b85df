import { AREA_SHARE_BINS, binSql, SHARE_SQL } from '../manifest/bins'
import { BINNED_ATTRIBUTES, IMAGE_ATTRIBUTES, IMAGE_COLUMNS } from '../manifest/image-attributes'

/** A rule for the rows of a manifest. The query `offenders` counts the rows that break the rule. */
export interface RowCheck {
  readonly rule: string
  readonly offenders: string
}

const dense = (table: string, column: string) => ({
  rule: `${column} of ${table} counts up from 0 in row order`,
  offenders: `SELECT count(*) AS n FROM (SELECT ${column} AS id,
      row_number() OVER () - 1 AS position FROM ${table}) WHERE id <> position`,
})

const sameCube = (cube: string, recount: string, columns: string) => ({
  rule: `${cube} equals a recount of the rows`,
  offenders: `WITH recount AS (${recount}) SELECT
    (SELECT count(*) FROM (SELECT ${columns} FROM ${cube} EXCEPT ALL SELECT ${columns} FROM recount)) +
    (SELECT count(*) FROM (SELECT ${columns} FROM recount EXCEPT ALL SELECT ${columns} FROM ${cube})) AS n`,
})

const GRAIN = IMAGE_COLUMNS.join(', ')

/** Condition for rows with a wrong bin column. */
const wrongBins = BINNED_ATTRIBUTES.map(name => {
  const { bins, number, column } = IMAGE_ATTRIBUTES[name]
  return `${column} IS DISTINCT FROM ${binSql(bins, number)}`
}).join(' OR ')

/** Rules for every manifest. Each query uses the manifest's tables by name and returns one row with the column `n`. */
export const ROW_CHECKS: readonly RowCheck[] = [
  dense('datasets', 'dataset_id'),
  dense('submodalities', 'submodality_id'),
  dense('labels', 'label_id'),
  dense('cases', 'case_id'),
  dense('patients', 'patient_id'),
  dense('images', 'image_id'),
  {
    rule: 'every image has the dataset and name of its case',
    offenders: `SELECT count(*) AS n FROM images i LEFT JOIN cases c USING (case_id)
      WHERE c.case_id IS NULL OR c.dataset_id <> i.dataset_id OR c.case_name <> i.case_name`,
  },
  {
    rule: 'patients are in the order of dataset, name and rule, without repeats',
    offenders: `SELECT count(*) AS n FROM (
      SELECT row(dataset_id, patient, rule) AS k,
        lag(k) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before FROM patients)
      WHERE before IS NOT NULL AND k <= before`,
  },
  {
    rule: 'every case has a patient of its dataset, and every patient a case',
    offenders: `SELECT (SELECT count(*) FROM cases c JOIN patients p USING (patient_id)
        WHERE c.dataset_id <> p.dataset_id) +
      (SELECT count(*) FROM patients ANTI JOIN cases USING (patient_id)) AS n`,
  },
  {
    rule: 'the rule of a patient is pattern, case or unknown; only pattern joins cases, and other patients have the name of their case',
    offenders: `SELECT (SELECT count(*) FROM patients WHERE rule NOT IN ('pattern', 'case', 'unknown')) +
      (SELECT count(*) FROM cases JOIN patients USING (patient_id)
        WHERE rule <> 'pattern' AND case_name <> patient) AS n`,
  },
  {
    rule: 'images are in the order of modality, dataset, case, axis, slice, sub-modality',
    offenders: `SELECT count(*) AS n FROM (
      SELECT image_id, row_number() OVER (
        ORDER BY modality, dataset, case_name, axis_id, slice, submodality) - 1 AS position
      FROM images JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id))
      WHERE image_id <> position`,
  },
  {
    rule: 'no two images have the same name',
    offenders: `SELECT count(*) AS n FROM (SELECT 1 FROM images
      GROUP BY submodality_id, case_id, axis_id, slice HAVING count(*) > 1)`,
  },
  {
    rule: 'every mask has its image, and repeats its facets',
    offenders: `SELECT count(*) AS n FROM masks m LEFT JOIN images i USING (image_id)
      WHERE i.image_id IS NULL
        OR ${IMAGE_COLUMNS.map(column => `m.${column} IS DISTINCT FROM i.${column}`).join(' OR ')}`,
  },
  {
    rule: 'masks are in the order of image, label, instance, and no two have the same name',
    offenders: `SELECT count(*) AS n FROM (
      SELECT image_id, label_id, instance, lag(image_id) OVER w AS i, lag(label_id) OVER w AS l,
        lag(instance) OVER w AS k
      FROM masks WINDOW w AS (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))
      WHERE i IS NOT NULL AND NOT (image_id > i OR (image_id = i AND
        (label_id > l OR (label_id = l AND instance > k))))`,
  },
  {
    rule: 'a label has one class id within a dataset, and a class id one label',
    offenders: `SELECT
      (SELECT count(*) FROM (SELECT 1 FROM class_ids GROUP BY dataset_id, class_id HAVING count(*) > 1)) +
      (SELECT count(*) FROM (SELECT 1 FROM class_ids GROUP BY dataset_id, label_id HAVING count(*) > 1))
      AS n`,
  },
  {
    rule: 'every mask has a class id in its dataset',
    offenders: `SELECT count(*) AS n FROM (SELECT DISTINCT dataset_id, label_id FROM masks
      EXCEPT SELECT dataset_id, label_id FROM class_ids)`,
  },
  {
    rule: 'every label name has one meaning within a dataset',
    offenders: `SELECT count(*) AS n FROM (SELECT 1 FROM class_ids JOIN labels USING (label_id)
      GROUP BY dataset_id, label HAVING count(DISTINCT label_id) > 1)`,
  },
  {
    rule: 'n_masks and n_labels equal a recount of the masks',
    offenders: `SELECT count(*) AS n FROM images i LEFT JOIN (
        SELECT image_id, count(*) AS masks, count(DISTINCT label_id) AS labels
        FROM masks GROUP BY image_id) USING (image_id)
      WHERE n_masks <> coalesce(masks, 0) OR n_labels <> coalesce(labels, 0)`,
  },
  {
    rule: 'the label set of every image holds exactly the labels of its masks',
    // Label sets are compared by sums of hashes, because all (image, label) pairs of 4.6 million images would not fit
    // in memory. Masks are sorted, so each label of an image is counted where it first differs from the row before.
    offenders: `WITH carried AS (
        SELECT image_id, sum(hash(label_id)::HUGEINT) AS labels FROM (
          SELECT image_id, label_id, lag(image_id) OVER w AS i, lag(label_id) OVER w AS l
          FROM masks WINDOW w AS (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))
        WHERE i IS NULL OR i <> image_id OR l <> label_id GROUP BY image_id),
      listed AS (SELECT label_set_id, sum(hash(label_id)::HUGEINT) AS labels
        FROM label_sets GROUP BY label_set_id)
      SELECT count(*) AS n FROM images LEFT JOIN carried USING (image_id)
        LEFT JOIN listed USING (label_set_id)
      WHERE coalesce(carried.labels, 0) <> coalesce(listed.labels, 0)`,
  },
  {
    rule: 'the bins of width, height, aspect and number of masks match the values',
    offenders: `SELECT count(*) AS n FROM images WHERE ${wrongBins}`,
  },
  {
    rule: 'no area exceeds the image, and the bins match the share',
    offenders: `SELECT count(*) AS n FROM masks JOIN images USING (image_id)
      WHERE area > width::UINTEGER * height
        OR area_bin IS DISTINCT FROM ${binSql(AREA_SHARE_BINS, SHARE_SQL)}`,
  },
  {
    rule: 'every box is inside its image and can hold the area',
    offenders: `SELECT count(*) AS n FROM mask_boxes b JOIN images i USING (image_id)
      LEFT JOIN masks m USING (image_id, label_id, instance)
      WHERE m.image_id IS NULL OR x1 <= x0 OR y1 <= y0 OR x1 > width OR y1 > height
        OR area > (x1 - x0)::UINTEGER * (y1 - y0)`,
  },
  sameCube(
    'cube_images',
    `SELECT ${GRAIN}, label_set_id, count(*) AS images, sum(n_masks) AS masks,
       count(bytes) AS sized_images, coalesce(sum(bytes), 0) AS bytes FROM images GROUP BY ALL`,
    `${GRAIN}, label_set_id, images, masks, sized_images, bytes`,
  ),
  sameCube(
    'cube_labels',
    `SELECT ${GRAIN}, label_id, count(*) AS images, sum(k) AS masks
     FROM (SELECT image_id, label_id, count(*) AS k FROM masks GROUP BY image_id, label_id)
       JOIN (SELECT image_id, ${GRAIN} FROM images) USING (image_id) GROUP BY ALL`,
    `${GRAIN}, label_id, images, masks`,
  ),
  sameCube(
    'cube_areas',
    `SELECT ${GRAIN}, label_id, area_bin, count(*) AS masks
     FROM masks WHERE area_bin IS NOT NULL GROUP BY ALL`,
    `${GRAIN}, label_id, area_bin, masks`,
  ),
]
