/** Cuts what an instance writes to stdout into the messages of log events: one a line. */

/** CloudWatch Logs takes 1 MiB an event and counts 26 bytes of its own. */
export const MAX_MESSAGE_BYTES = 1_048_576 - 26;
const NEWLINE = 0x0a;

export class LineSplitter {
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** The messages that this chunk completes; empty lines are none. What is behind the last newline waits. */
  push(chunk: Uint8Array): string[] {
    const messages: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end), messages);
      this.#complete(messages);
      start = end + 1;
    }
    this.#add(chunk.subarray(start), messages);
    return messages;
  }

  /** What was written without a newline, when the instance has ended. */
  end(): string[] {
    const messages: string[] = [];
    this.#complete(messages);
    return messages;
  }

  #add(part: Uint8Array, messages: string[]): void {
    let rest = part;
    while (this.#bytes + rest.length > MAX_MESSAGE_BYTES) {
      const line = Buffer.concat([...this.#parts, rest.subarray(0, MAX_MESSAGE_BYTES - this.#bytes)]);
      const cut = characterBoundary(line);
      messages.push(decode(line.subarray(0, cut)));
      rest = rest.subarray(MAX_MESSAGE_BYTES - this.#bytes);
      this.#parts = [line.subarray(cut)];
      this.#bytes = line.length - cut;
    }
    // Copied, because the caller may use the chunk's memory again.
    if (rest.length > 0) this.#parts.push(new Uint8Array(rest));
    this.#bytes += rest.length;
  }

  #complete(messages: string[]): void {
    const message = decode(Buffer.concat(this.#parts));
    if (message !== '') messages.push(message);
    this.#parts = [];
    this.#bytes = 0;
  }
}

/** Every byte that is not UTF-8 becomes U+FFFD; the carriage return of a CRLF goes. */
function decode(line: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(line);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** The last place at or before the end of the bytes that splits no character; a character has up to 4 bytes. */
function characterBoundary(bytes: Uint8Array): number {
  for (let back = 1; back <= 3; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const isContinuation = (byte & 0xc0) === 0x80;
    if (isContinuation) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
