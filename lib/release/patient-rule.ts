import curated from '../../data/patients.json' with { type: 'json' }

interface Entry {
  readonly dataset: string
  /** Address where it was read, or in words. */
  readonly source?: string
  readonly note?: string
}

/**
 * How well a rule is founded: names in the release have the form and a source says what they mean;
 * a source says it; or it is read from the source's naming alone.
 */
export type RuleStrength = 'seen' | 'documented' | 'inferred'

interface PatternEntry extends Entry {
  readonly rule: 'pattern'
  readonly strength: RuleStrength
  /** Anchored, with the group `patient`. */
  readonly pattern: string
  /** Where the group is a frame number: first and last frame of each video. */
  readonly ranges?: readonly (readonly number[])[]
  /** Case name → what the pattern makes of it. */
  readonly examples: Readonly<Record<string, string | undefined>>
  /** Whether some of the examples were seen in the release, or none. */
  readonly examplesOf: 'release' | 'source'
}

interface CaseEntry extends Entry {
  readonly rule: 'case'
  readonly strength: RuleStrength
}

interface UnknownEntry extends Entry {
  readonly rule: 'unknown'
  readonly note: string
}

/** What is known of the patients of one dataset. */
export type PatientRuleEntry = PatternEntry | CaseEntry | UnknownEntry

/** All of data/patients.json, one entry per known dataset. */
export const PATIENT_RULES = curated.datasets as readonly PatientRuleEntry[]

interface CompiledRule {
  readonly entry: PatientRuleEntry
  /** Of a pattern: case name → patient within the dataset; undefined if the pattern does not match. */
  readonly read?: (caseName: string) => string | undefined
}

const byDataset = new Map<string, CompiledRule>(
  PATIENT_RULES.map(entry => [entry.dataset, compile(entry)]),
)

function compile(entry: PatientRuleEntry): CompiledRule {
  if (entry.rule !== 'pattern') return { entry }
  const pattern = new RegExp(entry.pattern, 'u')
  const { ranges } = entry
  const read = (caseName: string): string | undefined => {
    const patient = pattern.exec(caseName)?.groups?.patient
    return patient === undefined || ranges === undefined
      ? patient
      : rangeOf(Number(patient), ranges)
  }
  return { entry, read }
}

/** The range that holds a frame, as text; undefined if none does. */
function rangeOf(frame: number, ranges: readonly (readonly number[])[]): string | undefined {
  return ranges.find(([first = 0, last = 0]) => first <= frame && frame <= last)?.join('-')
}

/** What is known of the patients of a dataset; undefined for a dataset that we do not know. */
export const patientRule = (dataset: string): PatientRuleEntry | undefined =>
  byDataset.get(dataset)?.entry

/** The person, or the video, that a case shows. */
export interface Patient {
  /** Name within the dataset: what the pattern finds, or the whole case name. */
  readonly patient: string
  /** `unknown` also where the dataset's pattern does not match the name: the case then stands for itself. */
  readonly rule: 'pattern' | 'case' | 'unknown'
}

/**
 * Who a case shows, by its name. Cases of a dataset show the same patient exactly if both parts of the
 * answer are equal: a patient `19` is not a case `19` that the pattern of its dataset does not match.
 */
export function patientOf(dataset: string, caseName: string): Patient {
  const compiled = byDataset.get(dataset)
  if (compiled?.read === undefined)
    return { patient: caseName, rule: compiled?.entry.rule === 'case' ? 'case' : 'unknown' }
  const patient = compiled.read(caseName)
  return patient === undefined
    ? { patient: caseName, rule: 'unknown' }
    : { patient, rule: 'pattern' }
}
