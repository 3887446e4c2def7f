/** Hides secrets in the message of a log line that is kept as it came, so that it can still be delivered again. */
import { readHead } from '@trailgate/sdk/wire';
import { tryParse } from '../decode/json-sequence.ts';
import { documentText, type Members } from './document-text.ts';
import type { LineRedaction } from './line-redaction.ts';

/** The same text where nothing is hidden. Never throws. */
export function redactedMessage(message: string, redaction: LineRedaction): string {
  const parsed = /^\s*[{[]/.test(message) ? tryParse(message) : undefined;
  if (parsed !== undefined) {
    try {
      return redactedJson(message, parsed.value, redaction);
    } catch {
      // Nested deeper than the stack: what follows reads it as text.
    }
  }
  return redaction.text(message);
}

/** JSON stays JSON. A member that stands there twice hides the first from its reader: that is dropped if it looks like a secret. */
function redactedJson(message: string, value: unknown, redaction: LineRedaction): string {
  const isRecord = readHead(message).is === 'record';
  const clean = isRecord ? documentText(value as Members, redaction) : redaction.json(value);
  const canonical = JSON.stringify(value);
  const end = /\r?\n$/.exec(message)?.[0] ?? '';
  if (clean === canonical && (canonical + end === message || redaction.text(message) === message))
    return message;
  return clean + end;
}
