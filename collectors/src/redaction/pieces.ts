/** Cuts long bytes into pieces that can be read one by one, where no secret is likely to be cut with them. */

const PIECE_BYTES = 1_000_000;
/** Where one log event ends and the next begins; inside a message its quotes would be escaped. */
const NEXT_EVENT = '},{"id":"';
const KEY_BEGINS = '-----BEGIN ';
const KEY_ENDS = '-----END ';
const MAX_KEY_BYTES = 16_384;
/** How far back a byte is looked for that stands in no word. */
const MAX_WORD_BYTES = 8_192;

/** All bytes in their order. */
export function piecesOf(bytes: Uint8Array): readonly Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Buffer[] = [];
  let from = 0;
  while (buffer.length - from > PIECE_BYTES) {
    const to = cutOf(buffer.subarray(from, from + PIECE_BYTES)) + from;
    pieces.push(buffer.subarray(from, to));
    from = to;
  }
  return [...pieces, buffer.subarray(from)];
}

/** How many bytes the piece has. */
function cutOf(piece: Buffer): number {
  const event = piece.lastIndexOf(NEXT_EVENT) + 1;
  if (event > PIECE_BYTES / 2) return event;
  const line = piece.lastIndexOf('\n') + 1;
  const cut = line > PIECE_BYTES / 2 ? line : wordCut(piece);
  const key = piece.lastIndexOf(KEY_BEGINS, cut);
  const isInKey = key > cut - MAX_KEY_BYTES && key > 0 && !piece.subarray(key, cut).includes(KEY_ENDS);
  return isInKey ? key : cut;
}

function wordCut(piece: Buffer): number {
  for (let at = piece.length; at > piece.length - MAX_WORD_BYTES; at--) {
    if (/[\s,;{}[\]]/.test(String.fromCharCode(piece[at - 1] ?? 0))) return at;
  }
  return piece.length;
}
