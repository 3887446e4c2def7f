/** Knows the log groups of the pipeline itself: a collector that reads its own lines writes more of them by each reading. */

/** Says of a log group whether it is one of the names, or begins with one that ends in `*`. */
export function ownGroups(names: readonly string[]): (logGroup: string) => boolean {
  const exact = new Set(names.filter((name) => !name.endsWith('*')));
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return (logGroup) => exact.has(logGroup) || beginnings.some((beginning) => logGroup.startsWith(beginning));
}
