/** FNV-1a with 64 bits (draft-eastlake-fnv), as two unsigned halves: BigInt would cost ten times as much. */

const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
/** The prime is 2^40 + 435. */
const PRIME_LOW = 435;
const LAST_ASCII = 0x7f;
const LAST_LATIN1 = 0xff;

export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

/** Hash of the text's UTF-8 with as many zero bytes behind it. Char codes up to `lastByte` are taken as its bytes. */
export function fnv1a64(text: string, zeroBytes: number = 0, lastByte: number = LAST_ASCII): Hash64 {
  let high = OFFSET_HIGH | 0;
  let low = OFFSET_LOW | 0;
  const end = text.length + zeroBytes;
  for (let at = 0; at < end; at++) {
    const byte = at < text.length ? text.charCodeAt(at) : 0;
    // Ids are ASCII, whose UTF-8 is its char codes; encoding would cost as much as the hash.
    if (byte > lastByte) return fnv1a64(Buffer.from(text, 'utf8').toString('latin1'), zeroBytes, LAST_LATIN1);
    low ^= byte;
    high = highOfProduct(high, low);
    low = Math.imul(low, PRIME_LOW);
  }
  return { high: high >>> 0, low: low >>> 0 };
}

/** Upper 32 bits of the product with the prime; the lower ones are the product of the lower ones. */
function highOfProduct(high: number, low: number): number {
  const upper = (low >>> 16) * PRIME_LOW + (((low & 0xffff) * PRIME_LOW) >>> 16);
  return (Math.imul(high, PRIME_LOW) + (upper >>> 16) + (low << 8)) | 0;
}
