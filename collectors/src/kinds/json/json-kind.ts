/** Any other JSON object: a business document with its message and level where Lambda's users have them, the rest under `fields`. */
import { tryParse } from '../../decode/json-sequence.ts';
import type { Kind } from '../kind.ts';

type JsonObject = Readonly<Record<string, unknown>>;

export const jsonKind: Kind<JsonObject> = {
  name: 'json',
  recognise(line) {
    if (!line.text.trimStart().startsWith('{')) return undefined;
    const parsed = tryParse(line.text);
    return parsed === undefined ? undefined : { is: 'recognised', reading: parsed.value as JsonObject };
  },
  toDocument(object, line) {
    const { message, msg, level, ...rest } = object;
    const [text, others] = messageOf(message, msg, rest);
    const known = knownLevel(level);
    const fields = known === undefined && level !== undefined ? { ...others, level } : others;
    return {
      channel: 'business',
      time: line.time,
      body: {
        ...(known === undefined ? {} : { level: known }),
        message: text,
        event: { kind: 'event', dataset: 'json' },
        ...(Object.keys(fields).length === 0 ? {} : { fields }),
      },
    };
  },
  toSignals: () => [],
};

/** The message that is text, and all fields that are not the message. */
function messageOf(message: unknown, msg: unknown, rest: JsonObject): readonly [string, JsonObject] {
  if (typeof message === 'string') return [message, msg === undefined ? rest : { ...rest, msg }];
  const others = message === undefined ? rest : { ...rest, message };
  if (typeof msg === 'string') return [msg, others];
  return ['', msg === undefined ? others : { ...others, msg }];
}

const LEVEL = /^(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)$/i;

function knownLevel(level: unknown): string | undefined {
  return typeof level === 'string' && LEVEL.test(level) ? level.toUpperCase() : undefined;
}
