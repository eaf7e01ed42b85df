/** A statement to begin with. */
export interface Example {
  readonly title: string
  readonly sql: string
}

/** Common questions, each answered by one statement; a test runs them all. */
export const EXAMPLES: readonly Example[] = [
  {
    title: 'Images and masks by modality',
    sql: `SELECT modality, count(*) AS images, sum(n_masks)::BIGINT AS masks
FROM named_images
GROUP BY modality
ORDER BY images DESC`,
  },
  {
    title: 'Which datasets have a liver, and how many masks?',
    sql: `SELECT dataset, count(DISTINCT image_id) AS images, count(*) AS masks
FROM named_masks
WHERE organ = 'Liver' AND NOT is_union
GROUP BY dataset
ORDER BY masks DESC`,
  },
  {
    title: 'Images with liver and spleen',
    sql: `SELECT image_id
FROM named_masks
WHERE label IN ('liver', 'spleen')
GROUP BY image_id
HAVING count(DISTINCT label) = 2
ORDER BY image_id`,
  },
  {
    title: 'Labels in only one dataset',
    sql: `SELECT label, any_value(dataset) AS dataset, count(*) AS masks
FROM named_masks
GROUP BY label
HAVING count(DISTINCT dataset) = 1
ORDER BY masks DESC`,
  },
  {
    title: 'Slices per case, by dataset',
    sql: `SELECT dataset, count(*) AS cases, median(slices) AS median_slices, max(slices) AS most
FROM (SELECT dataset, case_name, count(*) AS slices FROM named_images GROUP BY ALL)
GROUP BY dataset
ORDER BY cases DESC`,
  },
  {
    title: 'Axial slices by dataset, where the plane is known',
    sql: `SELECT dataset, axis, axis_known, count(*) AS images
FROM named_images
WHERE axis_name = 'axial'
GROUP BY ALL
ORDER BY images DESC`,
  },
  {
    title: 'Median mask area by label',
    sql: `SELECT label, median(area_share) AS median_share, count(*) AS masks
FROM named_masks
WHERE area_share IS NOT NULL
GROUP BY label
ORDER BY median_share DESC`,
  },
  {
    title: 'Largest images',
    sql: `SELECT image_id, dataset, case_name, width, height
FROM named_images
WHERE width IS NOT NULL
ORDER BY width * height DESC, image_id
LIMIT 100`,
  },
  {
    title: 'Which sets of labels are most common?',
    sql: `WITH top AS (
  SELECT label_set_id, count(*) AS images
  FROM images
  GROUP BY label_set_id
  ORDER BY images DESC, label_set_id
  LIMIT 50)
SELECT string_agg(label, ', ' ORDER BY label) AS labels, any_value(images) AS images
FROM top LEFT JOIN label_sets USING (label_set_id) LEFT JOIN labels USING (label_id)
GROUP BY label_set_id
ORDER BY images DESC`,
  },
]
