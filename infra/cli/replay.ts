/** `trailgate replay`: sends log files through the collector and says where every line went. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  type BatchSummary,
  createCollector,
  type IndexPort,
  type QuarantineEntry,
  type QuarantinePort,
  replayBatches,
} from '@trailgate/collectors';
import { SqliteIndex } from '../local/index/sqlite-index.ts';
import { FolderQuarantine } from '../local/storage/folder-quarantine.ts';
import { UsageError } from './usage-error.ts';

export class LogFileError extends Error {
  readonly code = 'LOG_FILE';
  constructor(path: string, reason: string) {
    super(`log file ${path}: expected a file that can be read, got ${reason}`);
    this.name = 'LogFileError';
  }
}

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
      describe(tally, values.index === undefined ? undefined : { index: values.index, quarantine }),
    );
    return tally.lines === accounted(tally) ? 0 : 1;
  } finally {
    index.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Epoch ms: the time of lines that name none. */
  readonly modified: number;
}

interface Tally {
  lines: number;
  platform: number;
  control: number;
  repeated: number;
  undelivered: number;
  readonly indexed: Map<string, number>;
  readonly quarantined: Map<string, { count: number; first: string }>;
}

function readInput(path: string): Input {
  try {
    return { name: basename(path), bytes: readFileSync(path), modified: statSync(path).mtimeMs };
  } catch (error) {
    throw new LogFileError(path, (error as NodeJS.ErrnoException).code ?? (error as Error).message);
  }
}

async function replayAll(
  inputs: readonly Input[],
  group: string,
  index: SqliteIndex,
  quarantine: FolderQuarantine,
): Promise<Tally> {
  const tally: Tally = {
    lines: 0,
    platform: 0,
    control: 0,
    repeated: 0,
    undelivered: 0,
    indexed: new Map(),
    quarantined: new Map(),
  };
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

function addSummary(tally: Tally, summary: BatchSummary): void {
  // A record of which no line could be read is one thing that went to quarantine.
  tally.lines += summary.lines + summary.unreadable;
  tally.platform += summary.platform;
  tally.control += summary.controlMessages;
  tally.repeated += summary.repeated;
  tally.undelivered += summary.undelivered;
}

function countingIndex(index: IndexPort, { indexed }: Tally): IndexPort {
  return {
    bulk: async (documents) => {
      const outcomes = await index.bulk(documents);
      for (const [at, { status }] of outcomes.entries()) {
        const name = documents[at]?.index ?? '';
        if (status === 'created' || status === 'exists') indexed.set(name, (indexed.get(name) ?? 0) + 1);
      }
      return outcomes;
    },
  };
}

function countingQuarantine(quarantine: QuarantinePort, { quarantined }: Tally): QuarantinePort {
  return {
    put: async (entries: readonly QuarantineEntry[]) => {
      await quarantine.put(entries);
      for (const { reason, origin } of entries) {
        const first = `${origin.logStream}, event ${origin.eventId}`;
        const row = quarantined.get(reason) ?? { count: 0, first };
        quarantined.set(reason, { ...row, count: row.count + 1 });
      }
    },
  };
}

function accounted(tally: Tally): number {
  const rows = [...tally.indexed.values(), ...[...tally.quarantined.values()].map(({ count }) => count)];
  return rows.reduce((sum, count) => sum + count, tally.platform);
}

function describe(tally: Tally, kept: { index: string; quarantine: string } | undefined): string {
  const row = (count: number, what: string): string => `${String(count).padStart(9)}  ${what}`;
  const repeated = tally.repeated === 0 ? '' : ` (${tally.repeated} were there before)`;
  return [
    row(tally.lines, 'lines read'),
    ...[...tally.indexed].sort().map(([name, count]) => row(count, `indexed in ${name}`)),
    ...(tally.platform === 0 ? [] : [row(tally.platform, 'platform lines counted')]),
    ...[...tally.quarantined].map(([reason, { count, first }]) =>
      row(count, `quarantined: ${reason} (first: ${first})`),
    ),
    ...(tally.control === 0 ? [] : [row(tally.control, 'control messages skipped')]),
    ...(tally.undelivered === 0 ? [] : [row(tally.undelivered, 'NOT delivered')]),
    `${tally.lines === accounted(tally) ? 'every line is accounted for' : 'lines are MISSING'}${repeated}`,
    ...(kept === undefined
      ? ['nothing was kept; --index FILE.sqlite keeps the documents']
      : [`documents are in ${kept.index}, quarantined records in ${kept.quarantine}`]),
  ].join('\n');
}
