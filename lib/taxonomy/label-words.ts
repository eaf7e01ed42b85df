/** The words of a label's name; case and separators do not matter. */
export const labelWords = (label: string): string[] =>
  label
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[\s_\-./\\,;:+&()[\]{}<>|~"*=]+/)
    .filter(word => word !== '')

/** A name with abbreviations in CamelCase split: `LKidney` is `L_Kidney`. Not always right: `LVendo`. */
export const splitAbbreviations = (label: string): string =>
  label.replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1_$2')

/** Whether a label's masks are merged ones, which unite other masks of their image: `union_…` in the release. */
export const isMergedLabel = (label: string): boolean => labelWords(label)[0] === 'union'
