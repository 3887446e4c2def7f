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
  const members = recordText(fields, maxChars - 2, masks);
  if (members !== undefined) return `{${members}}`;
  const wrapping = VALUE_NAME.length + 5;
  const text = jsonText(fields, maxChars - wrapping, masks);
  return text.startsWith('{') ? text : `{"${VALUE_NAME}":${text}}`;
}

function merged(prefix: Serialised, fields: unknown, maxChars: number, masks: Masks): string {
  const room = maxChars - prefix.text.length - 3;
  const own = prefix.altered ? undefined : recordText(fields, room, masks);
  if (own === undefined) {
    // The slow way, for what does not show its names before it is written.
    const all = { ...parsed(`{${prefix.text}}`), ...parsed(ownText(fields, room, masks)) };
    return JSON.stringify(all);
  }
  const kept = keptText(prefix, fields as Keys);
  return own === '' || kept === '' ? `{${own}${kept}}` : `{${kept},${own}}`;
}

function parsed(json: string): object {
  return JSON.parse(json) as object;
}

/** Members without brackets; undefined for what is no object literal, or a proxy that threw: the general way says so. */
function recordText(fields: unknown, maxChars: number, masks: Masks): string | undefined {
  try {
    if (typeof fields === 'object' && fields !== null && isPlain(fields)) {
      return membersText(fields as Keys, beginWalk(maxChars, masks, [fields]));
    }
  } catch {
    // A proxy of the caller threw.
  }
  return undefined;
}

/** The persistent members whose names the call does not have. */
function keptText({ members, text }: Serialised, fields: Keys): string {
  for (const name in fields) {
    if (members.has(name)) return without(members, fields);
  }
  return text;
}

function without(members: Serialised['members'], fields: Keys): string {
  let text = '';
  for (const [name, member] of members) {
    if (!Object.hasOwn(fields, name)) text += text === '' ? member : `,${member}`;
  }
  return text;
}
