/** Reads bytes as text and back without losing any, also where they are not UTF-8. */
import { isUtf8 } from 'node:buffer';
import { firstInvalidByte } from '../decode/utf8.ts';

/** More of them, and the bytes are no text that somebody wrote. */
const MAX_ODD_BYTES = 1_000;
/** As Python's `surrogateescape`: a byte that is not UTF-8 becomes half a surrogate pair, which no UTF-8 can hold. */
const ODD = 0xdc00;
const ODD_BYTES = /[\udc80-\udcff]+/gu;

/** Calls `change` with the bytes as text and gives back those of its answer. */
export function changedText(bytes: Uint8Array, change: (text: string) => string): Buffer {
  const text = textOf(bytes);
  if (text === undefined) return Buffer.from(change(bufferOf(bytes).toString('latin1')), 'latin1');
  return bytesOf(change(text));
}

/** Undefined where too much is not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  if (isUtf8(bytes)) return bufferOf(bytes).toString();
  let text = '';
  let from = 0;
  for (let odd = 0; odd < MAX_ODD_BYTES; odd++) {
    const rest = bytes.subarray(from);
    const at = firstInvalidByte(rest);
    if (at === -1) return text + bufferOf(rest).toString();
    text += bufferOf(rest).toString('utf8', 0, at) + String.fromCharCode(ODD + (rest[at] ?? 0));
    from += at + 1;
  }
  return undefined;
}

function bytesOf(text: string): Buffer {
  const parts: Buffer[] = [];
  let done = 0;
  for (const { 0: odd, index } of text.matchAll(ODD_BYTES)) {
    parts.push(Buffer.from(text.slice(done, index)));
    parts.push(Buffer.from(Array.from(odd, (half) => half.charCodeAt(0) - ODD)));
    done = index + odd.length;
  }
  return Buffer.concat([...parts, Buffer.from(text.slice(done))]);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
