/** Finds the level of a text line where it stands in a place that leaves no doubt. */
import type { Level } from '@trailgate/sdk/wire';
import { levelNamed } from './level-name.ts';

const TIME =
  '(?:\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)? )?';
/** `[error] …`, behind a time or at the very beginning: nginx, Python. */
const BRACKETED = new RegExp(`^${TIME}\\[ ?([A-Za-z]{3,8}) ?\\](?=[ \\t:]|$)`);
/** `ERROR …`, in capitals only: a sentence may begin with "Error". */
const CAPITALS = new RegExp(
  `^${TIME}(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)(?=[ \\t:]|$)`,
);

export function textLevel(text: string): Level | undefined {
  const name = BRACKETED.exec(text)?.[1] ?? CAPITALS.exec(text)?.[1];
  return name === undefined ? undefined : levelNamed(name);
}
