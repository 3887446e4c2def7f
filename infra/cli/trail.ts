/** `trailgate trail verify`: says whether a trail is as it was written, and what was done to it where it is not. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TrailVerifier } from '@trailgate/sdk/wire';
import { environmentText } from './config.ts';
import { fileInputs, indexInputs } from './trail-input.ts';
import { describeTrail } from './trail-report.ts';
import { UsageError } from './usage-error.ts';

/** Less than this is no key of a chain. */
const MIN_KEY_BYTES = 32;

/** 0 where all of it is intact, 1 where something was found or there is no trail at all. */
export async function trail(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      'key-file': { type: 'string' },
      'key-env': { type: 'string' },
      unordered: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [command, ...files] = positionals;
  if (command !== 'verify') throw new UsageError(`trail: expected verify, got "${command ?? ''}"`);
  if (files.length === 0 && values.data === undefined) {
    throw new UsageError('trail verify: expected at least one file or --data DIR, got none');
  }
  const key = readKey(values['key-file'], values['key-env']);
  const verifier = new TrailVerifier({
    ordered: !values.unordered,
    ...(key === undefined ? {} : { keys: () => key }),
  });
  for (const file of files) for await (const input of fileInputs(file)) verifier.take(input);
  if (values.data !== undefined) for (const input of indexInputs(values.data)) verifier.take(input);
  const report = verifier.report();
  console.log(values.json ? JSON.stringify(report) : describeTrail(report));
  return report.ok && report.records > 0 ? 0 : 1;
}

/** The key stands for whatever id the records name it by. */
function readKey(file: string | undefined, variable: string | undefined): Uint8Array | undefined {
  if (file !== undefined && variable !== undefined) {
    throw new UsageError('expected --key-file or --key-env, got both');
  }
  if (file === undefined && variable === undefined) return undefined;
  const option = file === undefined ? '--key-env' : '--key-file';
  const key = file === undefined ? Buffer.from(environmentText(variable ?? '')) : keyOfFile(file);
  if (key.length < MIN_KEY_BYTES) {
    throw new UsageError(`${option}: expected ${MIN_KEY_BYTES} bytes or more, got ${key.length}`);
  }
  return key;
}

/** The bytes of the file; the line break that ends a text is not one of them. */
function keyOfFile(path: string): Uint8Array {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`--key-file: expected a file that can be read, got ${code ?? message}`);
  }
  const text = /^([\x20-\x7e]+)\r?\n$/.exec(bytes.toString('latin1'))?.[1];
  return text === undefined ? bytes : Buffer.from(text, 'latin1');
}
