/**
 * Label names for the plan: $groups that several known datasets share, and pools for the datasets
 * whose labels are not known. Names follow the style of the public release's class map.
 */

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`).join(' ')

const sides = (names: string) =>
  names
    .split(' ')
    .map(name => `${name}_left ${name}_right`)
    .join(' ')

const ABDOMEN = `liver spleen ${sides('kidney adrenal_gland')} gallbladder esophagus stomach aorta
  inferior_vena_cava pancreas`

const GROUPS: Record<string, string> = {
  abdomen13: `${ABDOMEN} portal_vein_and_splenic_vein`,
  // As the release names and numbers them; the numbers that are missing were not seen.
  amos: `prostate_and_uterus:0.6#0 bladder#1 inferior_vena_cava#2 aorta#3 duodenum#4 kidney_left#5
    kidney_right#6 liver#7 stomach#10 spleen#11 pancreas#12 gallbladder#18 esophagus#19`,
  acdc: `heart_myocardium#0 heart_ventricle_left#1 heart_ventricle_right#2
    union_heart_myocardium_heart_ventricle_right#3`,
  word16: `liver spleen ${sides('kidney')} stomach gallbladder esophagus pancreas duodenum colon
    small_bowel adrenal rectum bladder ${sides('femur_head')}`,
  brats3: 'edema necrosis enhancing_tumor union_edema_enhancing_tumor_necrosis:0.3',
  brats4: 'edema necrosis enhancing_tumor:0.9 non_enhancing_tumor:0.7',
  spine: `${numbered('vertebrae_C', 7)} ${numbered('vertebrae_T', 12)} vertebrae_T13:0.02
    ${numbered('vertebrae_L', 5)} vertebrae_L6:0.06`,
  heart7: `${sides('heart_ventricle heart_atrium')} heart_myocardium ascending_aorta
    pulmonary_artery`,
  headneck22: `${sides('eye lens optic_nerve parotid_gland inner_ear middle_ear mandible tm_joint')}
    temporal_lobes brainstem pituitary optic_chiasm spinal_cord`,
  instruments: `bipolar_forceps prograsp_forceps large_needle_driver vessel_sealer:0.3
    grasping_retractor:0.4 monopolar_curved_scissors ultrasound_probe:0.3 instrument_shaft
    instrument_wrist instrument_clasper`,
  total104: `spleen ${sides('kidney adrenal_gland')} gallbladder liver stomach aorta
    inferior_vena_cava portal_vein_and_splenic_vein pancreas lung_upper_lobe_left
    lung_lower_lobe_left lung_upper_lobe_right lung_middle_lobe_right lung_lower_lobe_right
    ${numbered('vertebrae_C', 7)} ${numbered('vertebrae_T', 12)} ${numbered('vertebrae_L', 5)}
    esophagus trachea heart_myocardium ${sides('heart_atrium heart_ventricle')} pulmonary_artery
    brain ${sides('iliac_artery iliac_vena')} small_bowel duodenum colon
    ${numbered('rib_left_', 12)} ${numbered('rib_right_', 12)}
    ${sides('humerus scapula clavicula femur hip')} sacrum face
    ${sides('gluteus_maximus gluteus_medius gluteus_minimus autochthon iliopsoas')}
    urinary_bladder`,
}

/**
 * Names for unreleased datasets, by modality and structure; '*' serves the modalities that have no
 * pool of their own. More names than needed: the solver takes as many as make 271 in total.
 */
const POOLS: Record<string, string> = {
  'CT Head and Neck': `brain mandible ${sides('parotid_gland submandibular_gland eye')} larynx
    thyroid_gland oral_cavity skull brainstem spinal_cord ${sides('cochlea carotid_artery')}
    cervical_spine ${sides('temporal_lobe optic_nerve')}`,
  'MR Head and Neck': `gray_matter white_matter cerebrospinal_fluid
    ${sides('hippocampus thalamus putamen pallidum caudate cerebellum')} brainstem corpus_callosum
    hippocampus_anterior hippocampus_posterior carotid_artery pituitary_gland
    ${sides('amygdala accumbens_area lateral_ventricle cerebral_white_matter')} third_ventricle
    fourth_ventricle`,
  'CT Thorax': `lung_left lung_right heart trachea esophagus aorta sternum superior_vena_cava
    ${sides('breast bronchus')} mediastinum ${sides('rib clavicle')} pulmonary_vein airway
    thoracic_spine humeri scapulae`,
  'MR Thorax': `left_ventricle right_ventricle myocardium left_atrium right_atrium ascending_aorta
    ${sides('breast')} heart thoracic_aorta pulmonary_vein blood_pool`,
  '* Abdomen': `liver spleen kidney_left kidney_right pancreas stomach gallbladder duodenum colon
    aorta small_intestine portal_vein splenic_vein renal_artery renal_vein adrenal_glands
    hepatic_vein abdominal_aorta postcava large_intestine celiac_trunk`,
  '* Pelvic': `${sides('testicle')} prostate bladder rectum uterus ${sides('femoral_head hip_bone')} pelvis
    cervix ovaries bowelbag coccyx vagina prostate_central_zone`,
  'MR Pelvic': `prostate ${sides('testicle')} prostate_peripheral_zone prostate_central_zone uterus bladder
    rectum seminal_vesicles`,
  // Lesions are named for the first other structure of the dataset.
  '* Lesion': 'lesion tumor lymph_node_metastasis bone_lesion infarction',
  'Head and Neck Lesion': `glioma white_matter_hyperintensity ischemia brain_metastasis tumor
    lesion`,
  'Thorax Lesion': 'lung_cancer breast_tumor tumor lesion',
  'Abdomen Lesion': 'liver_lesion kidney_lesion pancreatic_cyst colorectal_cancer tumor lesion',
  'Pelvic Lesion': 'uterine_myoma rectal_cancer bladder_tumor tumor lesion',
  '* Others': `class1 muscle subcutaneous_fat bone skin class2 skeletal_muscle visceral_fat
    implant catheter body`,
  'X-ray Thorax': 'heart lung rib_left rib_right clavicle trachea',
  'X-ray Head and Neck': 'mandible teeth',
  'X-ray Pelvic': 'femur_left femur_right hip_left hip_right pelvis',
  'Fundus photography Head and Neck': 'optic_disc optic_cup retina retinal_vessel macula fovea',
  'X-ray Lesion': 'pneumonia consolidation lung_nodule tuberculosis_lesion',
  'Fundus photography Lesion': 'hard_exudate_lesion retinal_hemorrhage soft_exudate_lesion',
  'Dermoscopy Lesion': 'skin_lesion melanoma nevus skin_ulcer',
  'Endoscopy Lesion': 'polyp stomach_ulcer esophageal_cancer colon_polyp laryngeal_cancer',
  'Endoscopy Abdomen': 'stomach colon small_bowel',
  'Endoscopy Thorax': 'esophagus trachea',
  'Endoscopy Others': 'surgical_instrument instrument_parts instrument_shaft',
  'Microscopy Others': 'nucleus cell nuclei cells',
  'Microscopy Lesion': 'malignant_cell tumor',
  'Histopathology Lesion': 'colon_carcinoma malignant benign breast_cancer',
  'Histopathology Others': 'nuclei gland',
  'Histopathology Abdomen': 'colon liver',
}

/** A label with the share of cases that show it, 0 to 1. */
export type PlannedLabel = readonly [name: string, presence: number]

const items = (text: string) => text.split(/\s+/).filter(item => item !== '')

/** `name:presence#classId`, of which only the name must be there. */
const ITEM = /^([^:#]+)(?::([\d.]+))?(?:#(\d+))?$/

function parseItem(item: string): { label: PlannedLabel; classId: number | null } {
  const [, name, presence = '0.95', classId] = ITEM.exec(item) ?? []
  if (name === undefined) throw new RangeError(`not a label: ${item}`)
  return {
    label: [name.replaceAll('~', ' '), Number(presence)],
    classId: classId === undefined ? null : Number(classId),
  }
}

/** `$groups`, names and `name:presence` items → labels; presence is 0.95 unless given. */
export const plannedLabels = (seedItems: readonly string[]): PlannedLabel[] =>
  expanded(seedItems).map(item => parseItem(item).label)

/** Class ids of the same labels; undefined unless all are given. */
export function plannedClassIds(seedItems: readonly string[]): number[] | undefined {
  const ids = expanded(seedItems).flatMap(item => parseItem(item).classId ?? [])
  return ids.length > 0 && ids.length === expanded(seedItems).length ? ids : undefined
}

const expanded = (seedItems: readonly string[]): string[] =>
  seedItems.flatMap(item => {
    if (!item.startsWith('$')) return [item]
    const group = GROUPS[item.slice(1)]
    if (group === undefined) throw new RangeError(`no such label group: ${item}`)
    return items(group)
  })

/**
 * Names that an unreleased dataset may use for one of its structures.
 *
 * @throws RangeError if there is no pool for it.
 */
export function labelPool(
  modality: string,
  structure: string,
  structures: readonly string[],
): string[] {
  const [where] = structures
  const pool =
    POOLS[`${modality} ${structure}`] ??
    (structure === 'Lesion' ? POOLS[`${where} Lesion`] : undefined) ??
    POOLS[`* ${structure}`]
  if (pool === undefined) throw new RangeError(`no label pool for ${modality} ${structure}`)
  return items(pool)
}
