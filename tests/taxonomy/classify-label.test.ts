import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import known from '../../data/datasets.json'
import { classifyLabel, type LabelMeaning } from '../../lib/taxonomy/classify-label'
import { ORGANS, REGIONS, STRUCTURES } from '../../lib/taxonomy/organs'
import { TOTALSEGMENTATOR } from './totalsegmentator'

/** organ, or region in brackets where there is none; + for a lesion; < or > for the side. */
const short = ({ organ, region, isLesion, side }: LabelMeaning) =>
  [
    organ ?? (region === null ? '-' : `[${region}]`),
    isLesion ? '+' : '',
    side === 'left' ? '<' : side === 'right' ? '>' : '',
  ].join('')

test('31 organs in five regions, six structures', () => {
  expect(ORGANS.map(organ => organ.id)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
  expect(new Set(ORGANS.map(organ => organ.region))).toEqual(new Set(REGIONS))
  expect(STRUCTURES).toEqual(['Head and Neck', 'Thorax', 'Abdomen', 'Pelvic', 'Lesion', 'Others'])
})

test('every organ and every part of the figure is recognised by its own name', () => {
  for (const { organ, region, parts } of ORGANS)
    for (const label of [organ, ...parts])
      expect([label, classifyLabel('any', label)]).toMatchObject([label, { organ, region }])
})

test('the 104 structures of TotalSegmentator', () => {
  const entries = Object.entries(TOTALSEGMENTATOR)
  expect(entries).toHaveLength(104)
  expect(
    entries.map(([label]) => [label, short(classifyLabel('Totalsegmentator_dataset', label))]),
  ).toEqual(entries)
})

describe('labels of the known datasets', () => {
  test.each([
    ['BTCV', 'Right Kidney', 'Kidney>'],
    ['BTCV', 'portal vein and splenic vein', '[Abdomen]'],
    ['AMOS2022', 'postcava', '[Abdomen]'],
    ['AMOS2022', 'prostate/uterus', '[Pelvic]'],
    ['AMOS2022', 'left-adrenal_gland', 'Kidney<'],
    ['WORD', 'Head of left femur', 'Femur<'],
    ['FLARE22', 'RAG', 'Kidney>'],
    ['CHAOS_Task_4', 'LIVER', 'Liver'],
    ['CT_ORG', 'bone', '-'],
    ['StructSeg2019_subtask1', 'TM_joint_l', '[Head and Neck]<'],
    ['StructSeg2019_subtask1', 'SpinalCord', 'Vertebrae'],
    ['StructSeg2019_subtask1', 'left parotid gland', 'Parotid gland<'],
    ['StructSeg2019_subtask1', 'middle_ear_right', 'Ear>'],
    ['StructSeg2019_subtask1', 'temporal_lobes', 'Brain'],
    ['StructSeg2019_subtask1', 'lens', 'Eye'],
    ['BraTS2021', 'edema', 'Brain+'],
    ['BraTS2021', 'necrosis', 'Brain+'],
    ['BraTS2013', 'non-enhancing tumor', 'Brain+'],
    ['BrainTumour', 'necrotic and non-enhancing tumor core', 'Brain+'],
    ['ISLES2022', 'lesion', 'Brain+'],
    ['Instance22', 'hemorrhage', 'Brain+'],
    ['LongitudinalMultipleSclerosisLesionSegmentation', 'sclerosis', 'Brain+'],
    ['CrossMoDA21', 'schwannoma', 'Brain+'],
    ['CrossMoDA21', 'cochlea', 'Ear'],
    ['Brain_PTM', 'matter_tracts', 'Brain'],
    ['KiTS', 'tumor', 'Kidney+'],
    ['KiTS2021', 'cyst', 'Kidney+'],
    ['MSD_Liver', 'tumor', 'Liver+'],
    ['MSD_Pancreas', 'cancer', 'Pancreas+'],
    ['MSD_Colon', 'colon cancer primaries', 'Intestine+'],
    ['MSD_HepaticVessel', 'Vessel', 'Liver'],
    ['MSD_Prostate', 'TZ', 'Prostate gland'],
    ['picai_semi', 'lesion', 'Prostate gland+'],
    ['ACDC', 'LV', 'Heart<'],
    ['ACDC', 'rv', 'Heart>'],
    ['ACDC', 'MYO', 'Heart'],
    ['MMWHS', 'myocardium of the left ventricle', 'Heart<'],
    ['MMWHS', 'right atrium blood cavity', 'Heart>'],
    ['MMWHS', 'ascending_aorta', 'Heart'],
    ['MMWHS', 'pulmonary artery', 'Lung'],
    ['EMIDEC', 'no_reflow', 'Heart+'],
    ['EMIDEC', 'infarction', 'Heart+'],
    ['hvsmr_2016', 'blood pool', 'Heart'],
    ['CAD_PE', 'pulmonary_embolism', 'Lung+'],
    ['COVID-19-20', 'COVID_lesion', 'Lung+'],
    ['COVID19CTscans', 'left', 'Lung<'],
    ['COVID19CTscans', 'infection', 'Lung+'],
    ['ATM2022', 'airway', 'Lung'],
    ['crass', 'right', 'Clavicula>'],
    ['VerSe20', 'C1', 'Vertebrae'],
    ['VerSe20', 'vertebrae_L6', 'Vertebrae'],
    ['CTSpine1K_Full', 'class1', 'Vertebrae'],
    ['CTPelvic1k', 'sacrum', '[Pelvic]'],
    ['gamma', 'cup', 'Eye'],
    ['any', 'hard_exudate_lesion', 'Eye+'],
    ['any', 'lateral_ventricle_left', 'Brain<'],
    ['isic2018_task1', 'mask', 'Skin+'],
    ['kvasir_seg', 'polyp', 'Intestine+'],
    ['breast_ultrasound_images_dataset', 'benign', 'Breast+'],
    ['autoPET', 'tumor', '-+'],
    ['ultrasound_nerve_segmentation', 'nerve', '[Head and Neck]'],
    ['EndoVis_2017_RIS', 'instrument', '[Others]'],
    ['COSMOS2022', 'carotid_vessel_wall', '[Head and Neck]'],
    // the same names where the dataset does not help: no guess
    ['Unheard-of', 'tumor', '-+'],
    ['Unheard-of', 'class1', '-'],
    ['Unheard-of', 'left', '-<'],
    ['Unheard-of', 'LV', '-'],
    ['Unheard-of', 'c1', '-'],
    ['Unheard-of', 'liverwurst', '-'],
    ['Unheard-of', 'vertebrae_T14', '-'],
    ['Unheard-of', 'rib_13', '-'],
    ['Unheard-of', '', '-'],
    ['constructor', '__proto__', '-'],
    ['__proto__', 'liver', 'Liver'],
  ])('%s: %s is %s', (dataset, label, expected) => {
    expect(short(classifyLabel(dataset, label))).toBe(expected)
  })

  test('every dataset in the rules is a known one', async () => {
    const { datasets } = (await import('../../data/taxonomy.json')).default
    const names = new Set(known.datasets.map(({ dataset }) => dataset))
    expect(datasets.flatMap(rule => rule.datasets).filter(dataset => !names.has(dataset))).toEqual(
      [],
    )
  })
})

describe('unions', () => {
  test.each([
    ['BTCV', 'union_left_kidney_right_kidney', 'Kidney'],
    ['BTCV', 'union_kidney_left_adrenal_gland_left', 'Kidney'],
    ['BTCV', 'union_liver_spleen', '[Abdomen]'],
    ['BTCV', 'union_liver_lung', '-'],
    ['BTCV', 'union_portal_vein_and_splenic_vein_liver', '[Abdomen]'],
    ['MSD_Liver', 'union_liver_tumor', 'Liver'],
    ['BTCV', 'union_liver_tumor', '-'],
    ['BraTS2021', 'union_necrosis_edema', 'Brain+'],
    ['BTCV', 'union_liver_zzz', '-'],
    ['BTCV', 'union_liver', '-'],
    ['BTCV', 'union_', '-'],
  ])('%s: %s is %s', (dataset, label, expected) => {
    const meaning = classifyLabel(dataset, label)
    expect(meaning.isUnion).toBe(true)
    expect(short(meaning)).toBe(expected)
  })

  test('a long union of parts of one organ is read in bounded time', () => {
    const label = `union${'_lung_upper_lobe_left'.repeat(16)}`
    expect(classifyLabel('any', label)).toMatchObject({ organ: 'Lung' })
    const absurd = `union${'_liver'.repeat(10_000)}`
    expect(classifyLabel('any', absurd)).toMatchObject({ organ: null, isUnion: true })
  })
})

describe('properties', () => {
  const labels = ['Liver', 'lung_lower_lobe_left', 'portal vein and splenic vein', 'vertebrae_T9']

  test('case and separators do not matter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...labels),
        fc.constantFrom('_', ' ', '-', '--', ' - '),
        fc.boolean(),
        (label, separator, upper) => {
          const spelled = label.split(/[ _]/).join(separator)
          expect(classifyLabel('any', upper ? spelled.toUpperCase() : spelled)).toEqual(
            classifyLabel('any', label),
          )
        },
      ),
    )
  })

  test('any name gives an organ with its own region, or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (dataset, label) => {
        const { organ, region } = classifyLabel(dataset, label)
        if (organ !== null) expect(region).toBe(ORGANS.find(known => known.organ === organ)?.region)
        if (region !== null) expect(REGIONS).toContain(region)
      }),
    )
  })
})
