import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineSplitter, MAX_MESSAGE_BYTES } from './line-splitter.ts';

function split(...chunks: readonly (string | Uint8Array)[]): string[] {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk))), ...splitter.end()];
}

describe('LineSplitter', () => {
  test('a line is one message, and a part of one waits for the rest', () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from('{"a":1}\n{"b"'))).toEqual(['{"a":1}']);
    expect(splitter.push(Buffer.from(':2}'))).toEqual([]);
    expect(splitter.push(Buffer.from('\n'))).toEqual(['{"b":2}']);
    expect(splitter.end()).toEqual([]);
  });

  test('the end of an instance ends its last line', () => {
    expect(split('one\ntwo')).toEqual(['one', 'two']);
  });

  test('empty lines are no messages, and CRLF ends a line', () => {
    expect(split('\n\na\r\n\nb\n')).toEqual(['a', 'b']);
  });

  test('bytes that are not UTF-8 become U+FFFD, and a byte order mark stays', () => {
    expect(split(new Uint8Array([0x61, 0xff, 0x62, 0x0a]))).toEqual(['a\uFFFDb']);
    expect(split('\uFEFFx\n')).toEqual(['\uFEFFx']);
  });

  test('a caller may use its memory again', () => {
    const splitter = new LineSplitter();
    const chunk = Buffer.from('abc');
    splitter.push(chunk);
    chunk.fill('z');
    expect(splitter.push(Buffer.from('\n'))).toEqual(['abc']);
  });

  test.each(['x', 'é', '€', '😀'])('a line of %s over 1 MiB is cut between characters', (character) => {
    const text = `1${character.repeat(Math.ceil((2.5 * MAX_MESSAGE_BYTES) / Buffer.byteLength(character)))}`;
    const messages = split(`${text}\nnext\n`);
    expect(messages.at(-1)).toBe('next');
    expect(messages.slice(0, -1).join('') === text).toBe(true);
    expect(messages).toHaveLength(4);
    for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
  });

  test('a line of exactly the limit is one message', () => {
    expect(split(`${'x'.repeat(MAX_MESSAGE_BYTES)}\n`).map((message) => message.length)).toEqual([
      MAX_MESSAGE_BYTES,
    ]);
  });

  test('however bytes are cut into chunks, the messages are the same', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
        fc.array(fc.nat(40)),
        (text, cuts) => {
          const bytes = Buffer.from(text);
          const chunks: Uint8Array[] = [];
          let start = 0;
          for (const length of cuts) {
            chunks.push(bytes.subarray(start, start + length));
            start += length;
          }
          chunks.push(bytes.subarray(start));
          const expected = text
            .split('\n')
            .map((line) => line.replace(/\r$/, ''))
            .filter((line) => line !== '');
          expect(split(...chunks)).toEqual(expected);
        },
      ),
    );
  });
});
