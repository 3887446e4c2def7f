/** `trailgate replay`: sends log files through the collector and says where every line went. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createCollector, type IndexPort, type QuarantinePort, replayBatches } from '@trailgate/collectors';
import { SqliteIndex } from '../local/index/sqlite-index.ts';
import { FolderQuarantine } from '../local/storage/folder-quarantine.ts';
import {
  accounted,
  addSummary,
  countingIndex,
  countingQuarantine,
  describeTally,
  emptyTally,
  type Tally,
} from './replay-tally.ts';
import { UsageError } from './usage-error.ts';

export class LogFileError extends Error {
  readonly code = 'LOG_FILE';
  constructor(path: string, reason: string) {
    super(`log file ${path}: expected a file that can be read, got ${reason}`);
    this.name = 'LogFileError';
  }
}

/** 0 where every line ended in exactly one place. */
export async function replay(args: readonly string[]): Promise<number> {
  const { values, positionals: files } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { group: { type: 'string', default: 'replay' }, index: { type: 'string' } },
  });
  if (files.length === 0) throw new UsageError('replay: expected at least one log file, got none');
  const inputs = files.map(readInput);
  const folder = mkdtempSync(join(tmpdir(), 'trailgate-replay-'));
  const index = new SqliteIndex(values.index ?? join(folder, 'index.sqlite'));
  const quarantine = values.index === undefined ? join(folder, 'quarantine') : `${values.index}.quarantine`;
  try {
    const tally = await replayAll(inputs, values.group, index, new FolderQuarantine(quarantine));
    console.log(
      describeTally(tally, values.index === undefined ? undefined : { index: values.index, quarantine }),
    );
    return tally.lines === accounted(tally) ? 0 : 1;
  } finally {
    index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Epoch ms: the time of lines that name none. */
  readonly modified: number;
}

function readInput(path: string): Input {
  try {
    return { name: basename(path), bytes: readFileSync(path), modified: statSync(path).mtimeMs };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LogFileError(path, code === 'EISDIR' ? 'a folder' : (code ?? message));
  }
}

export async function replayAll(
  inputs: readonly Input[],
  group: string,
  index: IndexPort,
  quarantine: QuarantinePort,
): Promise<Tally> {
  const tally = emptyTally();
  const keep = countingQuarantine(quarantine, tally);
  const collect = createCollector({
    index: countingIndex(index, tally),
    quarantine: keep,
    // What lies in the past is indexed, not acted on: a replay must cap nobody.
    signals: { put: async () => undefined },
    clock: Date.now,
    sleep: (ms) => sleep(ms),
    random: Math.random,
    observe: (summary) => addSummary(tally, summary),
  });
  for (const { name, bytes, modified } of inputs) {
    for (const item of replayBatches({ name, bytes }, { group, now: modified })) {
      if (item.kind === 'event') await collect(item.event);
      else {
        tally.lines += 1;
        await keep.put([item.entry]);
      }
    }
  }
  return tally;
}
