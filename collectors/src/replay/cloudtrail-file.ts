/** Cuts a file as CloudTrail writes it to S3, `{"Records":[…]}`, into its events, in one pass over the bytes. */

export interface CutFile {
  /** From the first byte of each event to behind its last. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  /** Behind the file's closing brace, or behind the last whole event where the file is broken. */
  readonly end: number;
  /** It does not go on as such a file must. */
  readonly broken: boolean;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const KEY = Buffer.from('"Records"');
/** Both stand in every event; the notifications of S3 and the batches of Lambda, which are called `Records` too, lack one. */
const MEMBERS = ['"eventTime"', '"eventID"'] as const;

/** Undefined unless such a file opens at `from` and holds a whole event. */
export function cutCloudTrailFile(bytes: Uint8Array, from: number): CutFile | undefined {
  let at = openingEnd(bytes, from);
  if (at === -1) return undefined;
  const spans: { start: number; end: number }[] = [];
  const broken = (): CutFile | undefined => {
    const last = spans.at(-1);
    return last && { spans, end: last.end, broken: true };
  };
  for (;;) {
    const start = skipSpace(bytes, at);
    const end = objectEnd(bytes, start);
    if (end === -1) return broken();
    if (spans.length === 0 && !isEvent(bytes.subarray(start, end))) return undefined;
    spans.push({ start, end });
    at = skipSpace(bytes, end);
    if (bytes[at] === COMMA) {
      at++;
      continue;
    }
    const close = skipSpace(bytes, at + 1);
    if (bytes[at] !== CLOSE_LIST || bytes[close] !== CLOSE_OBJECT) return broken();
    return { spans, end: close + 1, broken: false };
  }
}

/** Behind `{"Records":[`, or -1. */
function openingEnd(bytes: Uint8Array, from: number): number {
  let at = skipSpace(bytes, from);
  if (bytes[at] !== OPEN_OBJECT) return -1;
  at = skipSpace(bytes, at + 1);
  if (KEY.compare(bytes, at, Math.min(at + KEY.length, bytes.length)) !== 0) return -1;
  at = skipSpace(bytes, at + KEY.length);
  if (bytes[at] !== COLON) return -1;
  at = skipSpace(bytes, at + 1);
  return bytes[at] === OPEN_LIST ? at + 1 : -1;
}

function isEvent(bytes: Uint8Array): boolean {
  const event = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return MEMBERS.every((member) => event.includes(member));
}

/** Behind the object that opens at `start`, or -1. */
function objectEnd(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== OPEN_OBJECT) return -1;
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = stringEnd(bytes, at);
        break;
      case OPEN_OBJECT:
        depth++;
        break;
      case CLOSE_OBJECT:
        if (--depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Place of the quote that ends the string which opens at `start`; the end of the bytes where none does. */
function stringEnd(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}
