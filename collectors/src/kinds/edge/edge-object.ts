/** The JSON object of a line that a service of AWS, and no function, may have written. */
import type { LogLine } from '../../log-line.ts';
import { type JsonObject, parseObject } from './foreign-json.ts';
import { isFunctionLine } from './function-line.ts';

/** `mark` stands in every line of the service, and spares the parsing of all others. */
export function edgeObject(line: LogLine, mark: string): JsonObject | undefined {
  const { text } = line;
  return !isFunctionLine(line) && text.startsWith('{') && text.includes(mark) ? parseObject(text) : undefined;
}
