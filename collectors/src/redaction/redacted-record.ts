/** Hides secrets in the bytes of a whole Kinesis record that could not be read, so that it can still be delivered again. */
import { isUtf8 } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { inflate, isGzip } from '../decode/inflate.ts';
import { parseJsonSequence, tryParse } from '../decode/json-sequence.ts';
import { WrittenJson } from './json-redaction.ts';
import type { LineRedaction } from './line-redaction.ts';
import { piecesOf } from './pieces.ts';
import { redactedMessage } from './redacted-message.ts';
import { changedText } from './text-bytes.ts';

/** What is larger is read as text: as JSON it would take a multiple of this in memory. */
const MAX_JSON_BYTES = 8_000_000;
const MESSAGE = /("message":)("[^"\\]*(?:\\.[^"\\]*)*")/g;

/**
 * The same bytes where nothing is hidden, and where they are opaque: gzip that does not inflate, or to more than the limit.
 * What was compressed is compressed again. Never throws.
 */
export function redactedRecord(
  data: Uint8Array,
  maxInflatedBytes: number,
  redaction: LineRedaction,
): Uint8Array {
  const inflated = inflate(data, maxInflatedBytes);
  if (inflated.is === 'unreadable') return data;
  const { bytes } = inflated;
  const written: (bytes: Uint8Array) => Uint8Array = isGzip(data)
    ? (piece) => gzipSync(piece)
    : (piece) => piece;
  const json = redactedEnvelopes(bytes, redaction);
  if (json !== undefined) return json === bytes ? data : written(json);

  let changed = false;
  const pieces = piecesOf(bytes).map((piece) => {
    const clean = changedText(piece, (text) => redaction.text(redactedMessages(text, redaction)));
    changed ||= !clean.equals(piece);
    return written(clean);
  });
  // gzip members one behind another are gzip (RFC 1952, 2.2).
  return changed ? Buffer.concat(pieces) : data;
}

/** The messages that stand whole in a broken envelope are read as lines. */
function redactedMessages(text: string, redaction: LineRedaction): string {
  return text.replace(MESSAGE, (member, opening: string, literal: string) => {
    const message = tryParse(literal)?.value;
    if (typeof message !== 'string') return member;
    const clean = redactedMessage(message, redaction);
    return clean === message ? member : opening + JSON.stringify(clean);
  });
}

/** JSON stays JSON, and the messages in subscription records are read as lines; undefined for what is no JSON. */
function redactedEnvelopes(bytes: Uint8Array, redaction: LineRedaction): Uint8Array | undefined {
  if (bytes.length > MAX_JSON_BYTES || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  const sequence = parseJsonSequence(text);
  if (sequence.is === 'unreadable') return undefined;
  try {
    const clean = sequence.values.map((value) => redaction.written(withWrittenMessages(value, redaction)));
    const canonical = sequence.values.map((value) => JSON.stringify(value)).join('');
    const unchanged = clean.join('') === canonical && (text === canonical || redaction.text(text) === text);
    return unchanged ? bytes : Buffer.from(clean.join('\n'));
  } catch {
    return undefined; // nested deeper than the stack: it is read as text
  }
}

function withWrittenMessages(value: unknown, redaction: LineRedaction): unknown {
  const { logEvents } = (value ?? {}) as { readonly logEvents?: unknown };
  if (!Array.isArray(logEvents)) return value;
  return {
    ...(value as object),
    logEvents: logEvents.map((event: unknown) => {
      const { message } = (event ?? {}) as { readonly message?: unknown };
      if (typeof message !== 'string') return event;
      const written = JSON.stringify(redactedMessage(message, redaction));
      return { ...(event as object), message: new WrittenJson(written) };
    }),
  };
}
