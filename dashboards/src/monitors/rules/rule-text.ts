/** Says a rule's numbers in words, for messages and the page of alerts. */
import type { Rule } from '@trailgate/detectors/rules';

/** When a monitor made from the rule fires. */
export function thresholdText({ correlation }: Rule): string {
  const within = `within ${windowText(correlation.timespanMs)}`;
  if (correlation.type === 'event_count') return `at least ${correlation.gte} events ${within}`;
  const { gte, field, events } = correlation;
  const values = `at least ${gte} different values of ${field}`;
  return events === undefined ? `${values} ${within}` : `${values} in at least ${events} events ${within}`;
}

/** A length of time in the largest unit that it is a whole number of. */
export function windowText(ms: number): string {
  for (const [unit, size] of UNITS) {
    if (ms % size !== 0) continue;
    return ms === size ? `1 ${unit}` : `${ms / size} ${unit}s`;
  }
  return `${ms} ms`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** One line of ASCII, without what a message's template would read as its own. */
export function plainText(text: string, most: number): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replaceAll('{{', '(')
    .replaceAll('}}', ')')
    .slice(0, most)
    .trim();
}
