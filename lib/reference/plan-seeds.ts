/**
 * What `solve-plan.node.ts` starts from: our estimate of every known dataset, one row per dataset
 * and modality. The counts are guesses from the datasets' own papers and from what slicing along
 * three axes gives; the solver moves them until every published number holds. Only their rough size
 * and ratio are meant.
 */
export interface Seed {
  readonly dataset: string
  readonly modality: string
  /** Guesses, moved by the solver. */
  readonly images: number
  readonly masks: number
  /** The number of images is known, as far as the source's own numbers tell: written `318=`. */
  readonly isKnown: boolean
  /** Volumes; 0 for 2D sources, where every image is a case. */
  readonly cases: number
  /** Key of SHAPES in case-shape.ts. */
  readonly shape: string
  /** Pattern of the ori names, as `caseNames` reads it. */
  readonly caseName: string
  readonly submodalities: readonly string[]
  /** Items of plan-labels.ts: label names or $groups, with `~` for a space and an optional `:presence`. */
  readonly labels: readonly string[]
}

const ROWS = `
ACDC|MR|2900|9100|300|mr-thin|patient{000}_frame{01,13}|mr_00|$acdc
AMOS2022|CT|51000|338000|300|ct|amos_{0000}|ct_00|$amos
AMOS2022|MR|8200|46000|60|mr-body|amos_05{00}|mr_00|
ATM2022|CT|58000|83000|300|ct|ATM_{000}|ct_00|airway
AbdomenCT1K|CT|150000|430000|1000|ct|Case_{00000}|ct_00|liver kidney spleen pancreas
ASC18|MR|8300|9700|100|mr-heart|{00}_laendo|mr_lge|left_atrium
COSMOS2022|MR|4100|8000|25|mr-neck|{000}|mr_00|carotid_vessel_wall carotid_lumen
BTCV|CT|12400|86000|30|ct|img{0000}|ct_00|$abdomen13
BTCV_Cervix|CT|9100|27000|30|ct|{0000}-Image|ct_00|bladder uterus rectum small_bowel
BraTS2013|MR|31000|78000|30|brain-240|BraTS2013_HG{0000}|mr_flair mr_t1 mr_t1c mr_t2|$brats4
BraTS2015|MR|172000|420000|220|brain-240|brats_tcia_pat{000}_{1,2}|mr_flair mr_t1 mr_t1c mr_t2|$brats4
BraTS2018|MR|205000|520000|285|brain-240|Brats18_TCIA01_{000}_1|mr_flair mr_t1 mr_t1ce mr_t2|$brats3
BraTS2019|MR|241000|610000|335|brain-240|BraTS19_TCIA01_{000}_1|mr_flair mr_t1 mr_t1ce mr_t2|$brats3
BraTS2020|MR|266000|680000|369|brain-240|BraTS20_Training_{000}|mr_flair mr_t1 mr_t1ce mr_t2|$brats3
BraTS2021|MR|560000|1450000|1251|brain-240|BraTS2021_{00000}|mr_flair mr_t1 mr_t1ce mr_t2|$brats3
Brain_PTM|MR|9200|30000|75|mr-cube|case{0000}|mr_dwi mr_t1|matter_tracts
CAD_PE|CT|12600|18200|91|ct|{000}|ct_00|pulmonary_embolism
CHAOS_Task_4|MR|920|3100|40|mr-thin|{0}|mr_t1 mr_t2|liver kidney_left kidney_right spleen
CMRxMotions|MR|2900|8300|320|mr-thin|P{000}-{1-4}-{ED,ES}|mr_cmr|left_ventricle right_ventricle myocardium
COVID19CTscans|CT|6100|15800|20|ct|coronacases_{000}|ct_00|lung_left lung_right infection
COVID-19-20|CT|23600|52000|199|ct|volume-covid19-A-{0000}|ct_00|COVID_lesion
covid_19_ct_cxr|X-ray|1480|2010|0|xray|{0000}_1_1|x_ray|lung
crass|X-ray|247|490|0|xray|{0000}|x_ray|clavicle
CTPelvic1k|CT|104000|236000|1100|ct|dataset6_CLINIC_{0000}_data|ct_00|sacrum hip_left hip_right lumbar_spine:0.8
CTSpine1K_Full|CT|281000|1720000|1005|ct|1.3.6.1.4.1.9328.50.4.{0000}|ct_00|$spine
cvc_clinicdb|Endoscopy|612=|640|0|endoscopy|{0}|endoscopy_00|polyp
Chest_Image_Pneum|X-ray|760|1120|0|xray|1.2.276.0.7230010.3.1.4.8323329.{0000}.1517875160.143460|x_ray|pneumothorax~area
cranium|CT|318=|380|0|ct-picture|{000}_{10-19}|ct_00|hemorrhage
CrossMoDA21|MR|6200|8100|105|mr-cube|crossmoda_{000}_ceT1|mr_t1ce mr_t2|schwannoma cochlea
CrossMoDA22|MR|12300|16000|210|mr-cube|crossmoda2022_etz_{000}_ceT1|mr_t1ce mr_t2|schwannoma cochlea
EMIDEC|MR|700|2150|100|mr-thin|Case_P{000}|mr_lge|left_ventricle_cavity myocardium infarction:0.7 no_reflow:0.3
endovis15|Endoscopy|612=|640|0|endoscopy|{0}|endoscopy_00|polyp
FLARE21|CT|66500|191000|361|ct|train_{000}|ct_00|liver kidney spleen pancreas
FLARE22|CT|11800|98000|50|ct|FLARE22_Tr_{0000}|ct_00|$abdomen13
fusc2021|Dermoscopy|810|870|0|photo|{0000}|dermoscopy_00|wound
hvsmr_2016|MR|2800|6900|10|mr-cube|training_axial_full_pat{0}|mr_00|blood_pool myocardium
Heart_Seg_MRI|MR|1340|1420|20|mr-heart|la_{000}|mr_00|class1
ichallenge_adam_task2|Fundus photography|270|272|0|fundus|A{0000}|fundus_photography|optic_disc
PALM19|Fundus photography|370|374|0|fundus|P{0000}|fundus_photography|optic_disc
gamma|Fundus photography|120|355|0|fundus|{0000}|fundus_photography|optic_disc optic_cup ring
gamma3|Fundus photography|104|309|0|fundus|{0000}|fundus_photography|optic_disc optic_cup ring
ISLES_SPES|MR|6600|8800|30|mr-small|{00}|mr_cbf mr_cbv mr_dwi mr_t1c mr_t2 mr_tmax mr_ttp|penumbra stroke
ISLES_SISS|MR|4600|6700|28|mr-cube|{00}|mr_dwi mr_flair mr_t1 mr_t2|stroke
ISLES2016|MR|2400|2900|35|mr-thin|training_{0}|mr_adc mr_mtt mr_rcbf mr_rcbv mr_tmax mr_ttp|stroke
ISLES2017|MR|3000|3650|43|mr-thin|training_{0}|mr_adc mr_mtt mr_rcbf mr_rcbv mr_tmax mr_ttp|stroke
ISLES2018|CT|1950|2600|94|ct-perfusion|case_{0}|ct_00 ct_cbf ct_cbv ct_mtt ct_tmax|stroke
ISLES2022|MR|9200|16400|250|mr-small|sub-strokecase{0000}|mr_adc mr_dwi mr_flair|stroke
Instance22|CT|1320|1720|100|ct-thin|{000}|ct_00|hemorrhage
KiTS|CT|43000|96000|210|ct|case_{00000}|ct_00|kidney kidney_tumor:0.8 union_kidney_tumor:0.1
KiTS2021|CT|58200|119000|300|ct|case_{00000}|ct_00|kidney kidney_tumor:0.8 kidney_cyst:0.4
LNDb|CT|4400|5100|229|ct|LNDb-{0000}|ct_00|lung_nodule
LUNA16|CT|152000|304000|888|ct|1.3.6.1.4.1.14519.5.2.1.6279.6001.{000}|ct_00|left right trachea
LongitudinalMultipleSclerosisLesionSegmentation|MR|8100|24600|19|mr-cube|training{00}_{01-04}|mr_flair mr_mprage mr_pd mr_t2|sclerosis
mnms2|MR|6600|19300|720|mr-thin|{000}_SA_{ED,ES}|mr_00|left_ventricle right_ventricle myocardium
MMWHS|CT|8000|43000|20|ct|ct_train_10{00}|ct_00|$heart7
MMWHS|MR|4600|23000|20|mr-heart|mr_train_10{00}|mr_00|
BrainTumour|MR|318000|790000|484|brain-240|BRATS_{000}|mr_flair mr_t1gd mr_t1w mr_t2w|edema enhancing_tumor:0.8 non_enhancing_tumor:0.7
MSD_Heart|MR|2250|2400|20|mr-heart|la_{000}|mr_00|left_atrium
MSD_Liver|CT|85500|152000|131|ct|liver_{0}|ct_00|liver liver_tumor:0.7 union_liver_tumor:0.1
MSD_Prostate|MR|1150|2100|32|mr-thin|prostate_{00}|mr_adc mr_t2|peripheral_zone transition_zone
MSD_Lung|CT|3500|3900|63|ct|lung_{000}|ct_00|lung_tumor
MSD_Pancreas|CT|25700|45600|281|ct|pancreas_{000}|ct_00|pancreas pancreas_tumor:0.7 union_pancreas_tumor:0.1
MSD_HepaticVessel|CT|29700|84000|303|ct|hepaticvessel_{000}|ct_00|hepatic_vessels liver_tumor:0.7
MSD_Spleen|CT|5100|5500|41|ct|spleen_{0}|ct_00|spleen
MSD_Colon|CT|4900|5200|126|ct|colon_{000}|ct_00|colon_cancer
CT_ORG|CT|116000|322000|140|ct|volume-{0}|ct_00|liver bladder lung kidney bone brain:0.3
picai_baseline|MR|4100|4800|425|mr-thin|{00000}_1000000|mr_adc mr_hbv mr_t2w|prostate_cancer
picai_semi|MR|11300|13600|1295|mr-thin|{00000}_1000001|mr_adc mr_hbv mr_t2w|prostate_cancer
Promise09|MR|330|360|15|mr-thin|case{00}|mr_t2|prostate
PROMISE12|MR|790|840|50|mr-thin|Case{00}|mr_t2|prostate
Parse22|CT|30400|74500|100|ct|PA{000000}|ct_00|pulmonary_artery
chest_x_ray_images_with_pneumothorax_masks|X-ray|2380|3100|0|xray|{0000}_train_1_|x_ray|pneumothorax
Prostate_MRI_Segmentation_Dataset|MR|1400|1480|110|mr-thin|Case{00}|mr_t2|prostate
Pulmonary_Chest_X-Ray_Abnormalities_seg|X-ray|700|1390|0|xray|MCUCXR_{0000}_0|x_ray|lung
QUBIQ2020|CT|34=|34|0|brain-growth|1_brain-growth_case{00}|ct_00|brainGrowth
QUBIQ2020|CT|20=|22|0|kidney-picture|1_kidney_case{00}|ct_00|kidney
QUBIQ2020|CT|34=|34|0|brain-growth|2_brain-growth_case{00}|ct_00|brainGrowth
QUBIQ2020|CT|20=|22|0|kidney-picture|2_kidney_case{00}|ct_00|kidney
QUBIQ2020|CT|34=|34|0|brain-growth|3_brain-growth_case{00}|ct_00|brainGrowth
QUBIQ2020|CT|20=|22|0|kidney-picture|3_kidney_case{00}|ct_00|kidney
StructSeg2019_subtask1|CT|7400|43000|50|ct-thin|{0}|ct_00|$headneck22
StructSeg2019_subtask2|CT|8500|35000|50|ct-thin|{0}|ct_00|lung_left lung_right heart esophagus trachea spinal_cord
Totalsegmentator_dataset|CT|400000|5800000|1204|ct-body|s{0000}|ct_00|$total104
ultrasound_nerve_segmentation|Ultrasound|2323|2323|0|ultrasound|{0}_{1-50}|ultrasound_00|nerve
VESSEL2012|CT|7600|13400|20|ct|VESSEL12_{00}|ct_00|lung
VerSe20|CT|81000|468000|214|ct|sub-verse{000}|ct_00|$spine
VerSe19|CT|61000|352000|160|ct|sub-verse{000}|ct_00|$spine
WORD|CT|33500|197000|120|ct|word_{0000}|ct_00|$word16
autoPET|CT|21000|26000|500|ct|{0000000000}_{20805,75415}|ct_00|lesion
autoPET|PET|11956|14129|300|pet|{0000000000}_{20805,75415}|pet_00|
braimMRI|MR|1373=|1420|0|mr-picture|TCGA_CS_{0000}_19960909_{10-24}|mr_00|tumor
breast_ultrasound_images_dataset|Ultrasound|645|645|0|ultrasound|{000}|ultrasound_00|breast_cancer
kvasircapsule_seg|Endoscopy|55|61|0|endoscopy|{0000000000000000}_{100,888}|endoscopy_00|polyp
sz_cxr|X-ray|280|560|0|xray|CHNCXR_{0000}_0|x_ray|lung
EndoVis_2017_RIS|Endoscopy|1800|9900|0|endoscopy|instrument_dataset_{0}_frame{000-224}|endoscopy_00|$instruments
kvasir_seg|Endoscopy|1000|1070|0|endoscopy|{0000}|endoscopy_00|polyp
isic2018_task1|Dermoscopy|2594|2600|0|dermoscopy|ISIC_{0000000}|dermoscopy_00|skin_lesion
isic2017_task1|Dermoscopy|2000|2006|0|dermoscopy|ISIC_{0000000}|dermoscopy_00|skin_lesion
isic2016_task1|Dermoscopy|900|904|0|dermoscopy|ISIC_{0000000}|dermoscopy_00|skin_lesion`

const words = (text: string) => text.split(' ').filter(word => word !== '')

/**
 * The estimates. Rows of one dataset share all their labels, unless each names its own: then the cases
 * of a row show those of the row only. The names of cases of such rows are in order.
 */
export const SEEDS: readonly Seed[] = ROWS.trim()
  .split('\n')
  .map(row => {
    const [dataset, modality, images, masks, cases, shape, caseName, submodalities, labels] =
      row.split('|') as [string, string, string, string, string, string, string, string, string]
    return {
      dataset,
      modality,
      images: Number(images.replace('=', '')),
      isKnown: images.endsWith('='),
      masks: Number(masks),
      cases: Number(cases),
      shape,
      caseName,
      submodalities: words(submodalities),
      labels: words(labels),
    }
  })
