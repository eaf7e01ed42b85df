import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deriveTables } from '../lib/store/derive.node.ts'
import { openStaging, type Staging } from '../lib/store/staging.node.ts'

/**
 * Staging with a small release: four datasets in three modalities, a case in two sub-modalities,
 * lesions, unions, a label name that means two organs, an image without masks, and unknown sizes.
 */
export async function tinyStaging(): Promise<{ staging: Staging; out: string }> {
  const root = await mkdtemp(join(tmpdir(), 'samed2d-test-'))
  const out = join(root, 'manifest')
  const staging = await openStaging(out)
  await staging.engine.run(`
    INSERT INTO submodalities VALUES (0, 'ct_00', 'CT'), (1, 'mr_t1', 'MR'), (2, 'mr_t2', 'MR'), (3, 'x_ray', 'X-ray');
    INSERT INTO axes VALUES (0, 'x'), (1, 'y'), (2, 'z'), (3, '2d');
    INSERT INTO datasets VALUES (0, 'BTCV', 'Abdomen', true), (1, 'BraTS', 'Head and Neck|Lesion', true),
      (2, 'Unheard-of', NULL, NULL), (3, 'sz_cxr', 'Thorax', true);
    INSERT INTO labels VALUES (0, 'kidney', 'Kidney', 'Abdomen', false, false, NULL),
      (1, 'left', 'Lung', 'Thorax', false, false, 'left'), (2, 'left', NULL, NULL, false, false, 'left'),
      (3, 'liver', 'Liver', 'Abdomen', false, false, NULL), (4, 'liver_tumor', 'Liver', 'Abdomen', true, false, NULL),
      (5, 'tumor', 'Brain', 'Head and Neck', true, false, NULL), (6, 'union_liver_tumor', 'Liver', 'Abdomen', true, true, NULL);
    INSERT INTO class_ids VALUES (0, 0, '0001'), (0, 3, '0002'), (0, 4, '0003'), (0, 6, '0004'), (1, 5, '0001'), (2, 2, '0001'), (3, 1, '0001');
    INSERT INTO stage_cases VALUES (0, 0, 'img 1'), (1, 0, 'img.2'), (2, 1, 'B--1'), (3, 2, 'é'), (4, 3, '1');
    INSERT INTO stage_images VALUES
      (0, 0, 0, 0, 2, 1, 512, 512, 1000), (1, 0, 0, 0, 2, 2, 512, 512, 1100), (2, 0, 0, 1, 0, 7, 512, 80, NULL),
      (3, 1, 1, 2, 2, 9, 240, 240, 300), (4, 1, 2, 2, 2, 9, 240, 240, 310), (5, 2, 1, 3, 1, 3, NULL, NULL, NULL),
      (6, 2, 1, 3, 1, 4, NULL, NULL, NULL), (7, 3, 3, 4, 3, NULL, 3000, 2000, 9000);
    INSERT INTO stage_masks VALUES
      (0, 0, 0, 500, 10, 10, 40, 40, NULL), (0, 0, 1, 600, 100, 10, 140, 40, NULL), (0, 3, 0, 9000, 50, 50, 200, 200, NULL),
      (0, 4, 0, 300, 60, 60, 90, 90, NULL), (0, 6, 0, 9300, 50, 50, 200, 200, NULL), (1, 3, 0, 8000, 50, 50, 190, 190, NULL),
      (2, 0, 0, 400, 0, 0, 30, 30, NULL), (3, 5, 0, 900, 30, 30, 70, 70, NULL), (4, 5, 0, 900, 30, 30, 70, 70, NULL),
      (5, 2, 0, NULL, NULL, NULL, NULL, NULL, NULL), (7, 1, 0, 900000, 0, 0, 1500, 2000, NULL), (7, 1, 1, 800000, 1500, 0, 3000, 2000, NULL);
  `)
  return {
    out,
    staging: {
      ...staging,
      async dispose() {
        await staging.dispose()
        await rm(root, { recursive: true, force: true })
      },
    },
  }
}

/** The tables of the small release in an open engine, derived as in a manifest. */
export async function tinyEngine() {
  const { staging } = await tinyStaging()
  await deriveTables(staging.engine, () => {})
  return staging
}
