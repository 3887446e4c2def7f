/** Field types that the rule file's schemas share. */
import * as v from 'valibot';
import { parseDuration } from './duration.ts';

export const TEXT = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));

export const SHARE = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const COUNT = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A duration such as `15m`, read as milliseconds. */
export function duration() {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const ms = parseDuration(dataset.value);
      if (ms !== undefined) return ms;
      addIssue({ expected: 'a duration such as 10s, 15m or 1h', received: JSON.stringify(dataset.value) });
      return NEVER;
    }),
  );
}
