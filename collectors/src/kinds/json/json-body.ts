/** The body of a document from somebody's own JSON: message and level where Lambda's users have them, the rest under `fields`. */
import type { JsonObject } from '../edge/foreign-json.ts';
import { freeData } from '../edge/free-data.ts';

/** A field of the user's that is named like one of ours stays under `fields`. */
export function jsonBody(object: JsonObject, dataset: string): JsonObject {
  const { message, msg, level, ...rest } = object;
  const [text, others] = messageOf(message, msg, rest);
  const known = knownLevel(level);
  const fields = known === undefined && level !== undefined ? { ...others, level } : others;
  return {
    ...(known === undefined ? {} : { level: known }),
    message: text,
    event: { kind: 'event', dataset },
    ...freeData(fields),
  };
}

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
