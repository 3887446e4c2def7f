/** Reads what the Lambda platform itself logs about an invocation, in JSON or in its older text form. */
import { readPlatformJson } from './platform-json.ts';
import type { PlatformLine } from './platform-report.ts';
import { readPlatformText } from './platform-text.ts';

/** Undefined when the platform did not write the line. */
export function readPlatformLine(text: string): PlatformLine | undefined {
  return text.startsWith('{') ? readPlatformJson(text) : readPlatformText(text);
}
