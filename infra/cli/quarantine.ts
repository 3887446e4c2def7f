/** `trailgate quarantine list|show|replay`: what was set aside or given up, and sending it again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { KeptFilter } from '@trailgate/collectors/s3';
import { listKept } from './quarantine-list.ts';
import { openPlace, type QuarantinePlace } from './quarantine-place.ts';
import { describeReplay, isClear, replayJson } from './quarantine-report.ts';
import { replayKept } from './quarantine-run.ts';
import { describeKept } from './quarantine-show.ts';
import { openTarget, type ReplayTarget } from './quarantine-target.ts';
import { oneOf, UsageError, wholeNumber } from './usage-error.ts';

const PERIODS = ['day', 'month'] as const;
const COMMANDS = ['list', 'show', 'replay'] as const;

/** 0 when all is said or nothing is left, 1 when something is still quarantined or cannot be read. */
export async function quarantine(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      s3: { type: 'string' },
      region: { type: 'string' },
      endpoint: { type: 'string' },
      reason: { type: 'string' },
      since: { type: 'string' },
      group: { type: 'string' },
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      rate: { type: 'string' },
      index: { type: 'string' },
      url: { type: 'string' },
      'index-period': { type: 'string' },
    },
  });
  const command = oneOf('quarantine', positionals[0] ?? '', COMMANDS);
  const ids = positionals.slice(1);
  const { json, reason, group } = values;
  const filter: KeptFilter = {
    ...(reason === undefined ? {} : { reason }),
    ...(group === undefined ? {} : { group }),
    ...(values.since === undefined ? {} : { since: sinceTime(values.since, Date.now()) }),
  };
  switch (command) {
    case 'list': {
      if (ids.length > 0) throw new UsageError(`quarantine list: expected no ids, got ${ids.length}`);
      return (await listKept(openPlace(values).store, filter, json, console.log)) ? 0 : 1;
    }
    case 'show': {
      const [id] = ids;
      if (id === undefined || ids.length > 1) {
        throw new UsageError(`quarantine show: expected one id, got ${ids.length}`);
      }
      console.log(await describeKept(openPlace(values).store, id, json));
      return 0;
    }
    case 'replay':
      return await replay(openPlace(values), ids, filter, values);
  }
}

interface ReplayValues {
  readonly json: boolean;
  readonly all: boolean;
  readonly 'dry-run': boolean;
  readonly rate?: string | undefined;
  readonly index?: string | undefined;
  readonly url?: string | undefined;
  readonly 'index-period'?: string | undefined;
}

async function replay(
  place: QuarantinePlace,
  ids: readonly string[],
  filter: KeptFilter,
  { json, all, 'dry-run': dryRun, rate, index: file, url, 'index-period': period }: ReplayValues,
): Promise<number> {
  if (all === ids.length > 0) {
    throw new UsageError(`quarantine replay: expected ids or --all, got ${all ? 'both' : 'neither'}`);
  }
  if (file !== undefined && url !== undefined) {
    throw new UsageError('quarantine replay: expected --index or --url, got both');
  }
  const run = {
    filter: all ? filter : { ...filter, ids: new Set(ids) },
    dryRun,
    rate: rate === undefined ? undefined : wholeNumber('--rate', rate.replace(/\/s$/, ''), 1, 1_000_000),
  };
  const chosen = period === undefined ? undefined : oneOf('--index-period', period, PERIODS);
  const target = dryRun ? NO_TARGET : openTarget(url, file ?? place.indexFile, Date.now);
  try {
    const counts = await replayKept(place.store, run, {
      index: target.index,
      indexPeriod: chosen ?? target.indexPeriod,
      clock: Date.now,
      sleep: (ms) => sleep(ms),
      random: Math.random,
    });
    console.log(json ? replayJson(counts, dryRun) : describeReplay(counts, dryRun, target.name));
    return isClear(counts) ? 0 : 1;
  } finally {
    target.close();
  }
}

/** What a dry run writes to. */
const NO_TARGET: ReplayTarget = {
  index: { bulk: async () => [] },
  name: '',
  indexPeriod: 'day',
  close: () => undefined,
};

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as ISO 8601 writes it, UTC when it names no zone, or how long ago. @throws UsageError */
function sinceTime(text: string, now: number): number {
  const [, number, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (number !== undefined) return now - Number(number) * (UNIT_MS[unit] ?? 0);
  const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`;
  const time = /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?/.test(text) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new UsageError(`--since: expected a time like 2026-11-22T10:00Z, or 30m, 6h or 2d, got "${text}"`);
  }
  return time;
}
