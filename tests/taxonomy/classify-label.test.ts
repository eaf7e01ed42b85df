import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import known from '../../data/datasets.json'
import { classifyLabel, type LabelMeaning } from '../../lib/taxonomy/classify-label'
import { ORGANS, REGIONS, STRUCTURES } from '../../lib/taxonomy/organs'
import { spellings } from './spellings.json'
import { TOTALSEGMENTATOR } from './totalsegmentator'
import variants from './variants.json'

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

test.each(spellings)('spellings of $dataset in $source', ({ dataset, labels }) => {
  expect(
    Object.fromEntries(
      Object.keys(labels).map(label => [label, short(classifyLabel(dataset, label))]),
    ),
  ).toEqual(labels)
})

test.each(Object.entries(variants.datasets))('variants of labels of %s', (dataset, labels) => {
  expect(
    Object.fromEntries(
      Object.keys(labels).map(label => [label, short(classifyLabel(dataset, label))]),
    ),
  ).toEqual(labels)
})

test('the spellings are hundreds, of most datasets of the release, and say where they were read', () => {
  const named = spellings.filter(({ source }) => source !== null)
  expect(named.every(({ source }) => /^https:\/\/\S+$/.test(source ?? ''))).toBe(true)
  expect(named.flatMap(({ labels }) => Object.keys(labels)).length).toBeGreaterThan(1_200)
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
    // the release swaps them: data/known-defects.json
    ['ACDC', 'heart_ventricle_left', 'Heart>'],
    ['ACDC', 'heart_ventricle_right', 'Heart<'],
    ['ACDC', 'left ventricle', 'Heart<'],
    ['MMWHS', 'heart_ventricle_left', 'Heart<'],
    ['QUBIQ2020', 'brainGrowth', 'Brain'],
    ['QUBIQ2020', 'kidney', 'Kidney'],
    ['QUBIQ2020', 'class1', '-'],
    ['cranium', 'hemorrhage', 'Brain+'],
    ['Chest_Image_Pneum', 'pneumothorax area', 'Lung+'],
    ['ACDC', 'LV', 'Heart<'],
    ['ACDC', 'rv', 'Heart>'],
    ['ACDC', 'MYO', 'Heart'],
    ['MMWHS', 'myocardium of the left ventricle', 'Heart<'],
    ['MMWHS', 'the myocardium of the left ventricle', 'Heart<'],
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
    ['Unheard-of', 'rad', '-'],
    ['Unheard-of', 'PA', '-'],
    ['Unheard-of', 'ED', '-'],
    ['Unheard-of', 'OD', '-'],
    ['Unheard-of', 'ventricles', '-'],
    ['Unheard-of', '4 ventricle', '-'],
    ['Unheard-of', '04_spleen', 'Spleen'],
    ['Unheard-of', 'L-hook', '[Others]'],
    ['Unheard-of', 'leftovers', '-'],
    ['Unheard-of', 'tumorless', '-'],
    ['Unheard-of', 'splenicvein', '[Abdomen]'],
    ['Unheard-of', 'portalveins', '[Abdomen]'],
    ['Unheard-of', 'kidneytumourleft', 'Kidney+<'],
    ['Unheard-of', 'breast bone', '[Thorax]'],
    ['Unheard-of', 'eye muscles', '-'],
    ['Unheard-of', 'intervertebral_discs', '-'],
    ['Unheard-of', 'femoral cartilage', '-'],
    ['Unheard-of', 'lateral rectus muscle', '-'],
    ['Unheard-of', 'bone lesion', '-+'],
    ['MSD_Prostate', 'bone lesion', '-+'],
    ['breast_ultrasound_images_dataset', 'normal', 'Breast'],
    ['VerSe20', 'L_1', 'Vertebrae'],
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
    const { datasets } = (await import('../../data/label-rules.json')).default
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

  const BRATS = ['edema', 'necrosis', 'enhancing_tumor', 'non_enhancing_tumor']
  const VEINS = ['portal_vein', 'splenic_vein', 'portal_vein_and_splenic_vein', 'liver']

  test.each([
    [
      'BraTS2015',
      'union_enhancing_tumor_necrosis_necrosis_necrosis_edema_non_enhancing_tumor',
      BRATS,
      'Brain+',
    ],
    [
      'ACDC',
      'union_heart_myocardium_heart_ventricle_right',
      ['heart_myocardium', 'heart_ventricle_right'],
      'Heart',
    ],
    ['BTCV', 'union_portal_vein_and_splenic_vein_liver', VEINS, '[Abdomen]'],
    // A name of the class map counts as it stands, also if it is made of others.
    [
      'any',
      'union_head_of_femur_left_of_head',
      ['head', 'of', 'femur', 'left', 'of_head', 'head_of_femur_left'],
      '-',
    ],
    ['any', 'union_my_lung_my_lung', ['my_lung', 'lung'], '-'],
    ['any', 'union_lung_left_lung_left', ['lung_left', 'lung', 'left_lung', 'left'], 'Lung<'],
    ['any', 'union_eye_left_eye_right', ['eye_left', 'eye_right'], 'Eye'],
    ['any', 'union_liver_liver_tumor', ['liver', 'liver_tumor'], 'Liver'],
    // Members that the class map does not have are read as before.
    ['BTCV', 'union_left_kidney_right_kidney', ['spleen'], 'Kidney'],
  ])('%s: %s of %j is %s', (dataset, label, classMap, expected) => {
    const meaning = classifyLabel(dataset, label, classMap)
    expect(meaning.isUnion).toBe(true)
    expect(short(meaning)).toBe(expected)
  })

  test('a union of any labels of a class map has what they share', () => {
    const labels = ['kidney_left', 'kidney_right', 'kidney_tumor', 'liver', 'zzz_yyy']
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...labels), { minLength: 2, maxLength: 12 }),
        members => {
          const meanings = members.map(label => classifyLabel('any', label))
          const one = <T>(values: T[], none: T) =>
            values.every(value => value === values[0]) ? (values[0] as T) : none
          expect(classifyLabel('any', `union_${members.join('_')}`, labels)).toEqual({
            organ: one(
              meanings.map(({ organ }) => organ),
              null,
            ),
            region: one(
              meanings.map(({ region }) => region),
              null,
            ),
            isLesion: meanings.every(({ isLesion }) => isLesion),
            side: one(
              meanings.map(({ side }) => side),
              null,
            ),
            isUnion: true,
          })
        },
      ),
    )
  })

  test('a long union of parts of one organ is read in bounded time', () => {
    const label = `union${'_lung_upper_lobe_left'.repeat(16)}`
    expect(classifyLabel('any', label)).toMatchObject({ organ: 'Lung' })
    const absurd = `union${'_liver'.repeat(10_000)}`
    expect(classifyLabel('any', absurd)).toMatchObject({ organ: null, isUnion: true })
    expect(classifyLabel('any', absurd, ['liver'])).toMatchObject({ organ: 'Liver' })
    const name = 'gyrus_lateral_'.repeat(10_000)
    expect(classifyLabel('any', name)).toMatchObject({ organ: null })
    expect(classifyLabel('any', name.replaceAll('_', ''))).toMatchObject({ organ: null })
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
