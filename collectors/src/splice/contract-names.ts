/** What each name of a record's members means to the walk: to redaction, to the contract and to the document. */
import { nameBeside } from '@trailgate/sdk/redaction';
import { recordDocument } from '../kinds/sdk/record-document.ts';
import type { LineRedaction } from '../redaction/line-redaction.ts';
import {
  DECIDING_NAME,
  FAAS_NAME,
  FIELDS_NAME,
  HIDING_NAME,
  MESSAGE_NAME,
  NAME_NAME,
  PAIR_NAME,
  PLAIN_NAME,
  ROOT_NAME,
  SERVICE_NAME,
} from './key-memory.ts';

const READ: Readonly<Record<string, number>> = {
  message: MESSAGE_NAME,
  service: SERVICE_NAME,
  faas: FAAS_NAME,
  name: NAME_NAME,
  fields: FIELDS_NAME,
};

/** Longer names are cut when they are redacted. */
const LONGEST_HIDING = 64;

/** A union of the flags of `key-memory.ts`. */
export function nameMeaning(name: string, redaction: Pick<LineRedaction, 'name' | 'isClean'>): number {
  return (
    redactionOf(name, redaction) |
    (isDeciding(name) ? DECIDING_NAME : 0) |
    (isRootName(name) ? ROOT_NAME : 0) |
    (Object.hasOwn(READ, name) ? (READ[name] ?? 0) : 0)
  );
}

function redactionOf(name: string, redaction: Pick<LineRedaction, 'name' | 'isClean'>): number {
  switch (redaction.name(name)) {
    case 'plain':
      return PLAIN_NAME;
    case 'pair':
      return PAIR_NAME;
    case 'secret':
      return name.length <= LONGEST_HIDING && redaction.isClean(name) ? HIDING_NAME : 0;
  }
}

/** Asked of the one who knows: a name beside a `value`. */
function isDeciding(name: string): boolean {
  return nameBeside({ [name]: 'x' }) !== undefined;
}

const HEAD = {
  version: 1,
  channel: 'business',
  kind: 'log',
  instance: '',
  seq: 0,
  weight: 1,
  level: 'INFO',
  timestamp: '',
} as const;

/** Asked of the one who knows: what a record's document keeps at its root as it is. */
function isRootName(name: string): boolean {
  const { body } = recordDocument({ head: HEAD, time: 0, body: { [name]: HEAD } });
  return Object.hasOwn(body, name) && body[name] === HEAD;
}
