/**
 * Name of a place on disk that other people may see: of an absolute path the last step, because its folders are
 * nobody else's business. URLs, relative paths and other texts stay as they are.
 */
export function placeName(place: string): string {
  if (!/^([/\\]|[a-z]:[/\\])/i.test(place)) return place
  return place.split(/[/\\]+/).findLast(step => step !== '') ?? place
}
