/** Says whether a function wrote a line: it cannot speak for the edge, whatever its line looks like. */
import type { LogLine } from '../../log-line.ts';

/** Lambda's log streams, also in a log group of the owner's choice: `2026/11/22/[$LATEST]<hex>`, `2026/11/22/name[7]<hex>`. */
const FUNCTION_STREAM = /^\d{4}\/\d\d\/\d\d\/[^[\]]*\[[^[\]]+\][0-9a-f]{16,}$/;

export function isFunctionLine({ logGroup, logStream }: LogLine): boolean {
  return logGroup.startsWith('/aws/lambda/') || FUNCTION_STREAM.test(logStream);
}
