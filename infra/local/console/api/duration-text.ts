/** Says a length of time as a person would: in the largest unit that leaves no awkward rest. */

const UNITS = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `15 min`, `90 s`, `2 days`, `250 ms`. */
export function durationText(ms: number): string {
  for (const [unit, size] of UNITS) {
    if (ms < size || ms % size !== 0) continue;
    const count = ms / size;
    return `${count} ${unit === 'day' && count !== 1 ? 'days' : unit}`;
  }
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}
