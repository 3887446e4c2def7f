/** Writes the fields of a line: persistent keys first, serialised once, then the call's own, each name once. */
import { beginWalk, jsonText, type Masks, membersText } from './json-text.ts';
import { isPlain } from './object-kinds.ts';

export type Keys = Readonly<Record<string, unknown>>;
/** JSON text of an object, at most `maxChars` long, or undefined where there is nothing to write. */
export type FieldsText = (fields: unknown, keys: Keys | undefined, maxChars: number) => string | undefined;

interface Serialised {
  readonly maxChars: number;
  /** All members without brackets. */
  readonly text: string;
  /** JSON text of each member by its name. */
  readonly members: ReadonlyMap<string, string>;
  /** A name was changed, so that one of the call's may become the same. */
  readonly altered: boolean;
}

/** What persistent keys may take of the room. */
const KEYS_SHARE = 0.5;
/** Stands for fields that are no object. */
const VALUE_NAME = 'value';

/** Keys are immutable and the same object over many calls, so their text is kept as long as they are. */
export function createFieldsText(masks: Masks): FieldsText {
  const cached = new WeakMap<Keys, Serialised>();
  let lastKeys: Keys | undefined;
  let last: Serialised | undefined;

  const serialised = (keys: Keys, maxChars: number): Serialised => {
    if (keys === lastKeys && last?.maxChars === maxChars) return last;
    const known = cached.get(keys);
    const found = known?.maxChars === maxChars ? known : serialise(keys, maxChars, masks);
    if (known === undefined) cached.set(keys, found);
    lastKeys = keys;
    last = found;
    return found;
  };

  return (fields, keys, maxChars) => {
    if (keys === undefined) return fields === undefined ? undefined : ownText(fields, maxChars, masks);
    const prefix = serialised(keys, Math.floor(maxChars * KEYS_SHARE));
    if (fields === undefined) return prefix.text === '' ? undefined : `{${prefix.text}}`;
    if (prefix.text === '') return ownText(fields, maxChars, masks);
    return merged(prefix, fields, maxChars, masks);
  };
}

function serialise(keys: Keys, maxChars: number, masks: Masks): Serialised {
  const written = Object.entries(JSON.parse(ownText(keys, maxChars, masks)) as Keys);
  const members = new Map(
    written.map(([name, value]) => [name, `${JSON.stringify(name)}:${JSON.stringify(value)}`]),
  );
  return {
    maxChars,
    text: [...members.values()].join(','),
    members,
    altered: written.some(([name]) => !Object.hasOwn(keys, name)),
  };
}

function ownText(fields: unknown, maxChars: number, masks: Masks): string {
  if (isRecord(fields)) {
    const members = recordText(fields, maxChars - 2, masks);
    if (members !== undefined) return `{${members}}`;
  }
  const wrapping = VALUE_NAME.length + 5;
  const text = jsonText(fields, maxChars - wrapping, masks);
  return text.startsWith('{') ? text : `{"${VALUE_NAME}":${text}}`;
}

function merged(prefix: Serialised, fields: unknown, maxChars: number, masks: Masks): string {
  const room = maxChars - prefix.text.length - 3;
  if (prefix.altered || !isRecord(fields)) return mergedByName(prefix, ownText(fields, room, masks));
  const own = recordText(fields, room, masks);
  if (own === undefined) return mergedByName(prefix, ownText(fields, room, masks));
  const kept = comesTwice(prefix, fields) ? without(prefix, fields) : prefix.text;
  if (own === '' || kept === '') return `{${own}${kept}}`;
  return `{${kept},${own}}`;
}

/** Members without brackets; undefined where a proxy of the caller threw. */
function recordText(fields: Keys, maxChars: number, masks: Masks): string | undefined {
  try {
    return membersText(fields, beginWalk(maxChars, masks, [fields]));
  } catch {
    // The general way says that it is unreadable.
    return undefined;
  }
}

function comesTwice({ members }: Serialised, fields: Keys): boolean {
  for (const name in fields) if (members.has(name)) return true;
  return false;
}

function isRecord(fields: unknown): fields is Readonly<Record<string, unknown>> {
  if (typeof fields !== 'object' || fields === null) return false;
  try {
    return isPlain(fields);
  } catch {
    // A proxy of the caller threw.
    return false;
  }
}

function without(prefix: Serialised, fields: object): string {
  let text = '';
  for (const [name, member] of prefix.members) {
    if (!Object.hasOwn(fields, name)) text += text === '' ? member : `,${member}`;
  }
  return text;
}

/** The slow way, for what does not show its names before it is written. */
function mergedByName(prefix: Serialised, own: string): string {
  const kept = JSON.parse(`{${prefix.text}}`) as object;
  return JSON.stringify({ ...kept, ...(JSON.parse(own) as object) });
}
