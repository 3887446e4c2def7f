/** Any other JSON object: a business document. */
import { tryParse } from '../../decode/json-sequence.ts';
import type { Kind } from '../kind.ts';
import { jsonBody } from './json-body.ts';

type JsonObject = Readonly<Record<string, unknown>>;

export const jsonKind: Kind<JsonObject> = {
  name: 'json',
  recognise(line) {
    if (!line.text.trimStart().startsWith('{')) return undefined;
    const parsed = tryParse(line.text);
    return parsed === undefined ? undefined : { is: 'recognised', reading: parsed.value as JsonObject };
  },
  toDocument: (object, line) => ({ channel: 'business', time: line.time, body: jsonBody(object, 'json') }),
  toSignals: () => [],
};
