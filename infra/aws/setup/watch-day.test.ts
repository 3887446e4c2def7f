import type { SetupStep } from '@trailgate/collectors/setup';
import { describe, expect, test } from 'vitest';
import { isWatchEvent, WATCH_EVENT, watchDay } from './watch-day.ts';

const step = (status: SetupStep['status'], detail?: string): SetupStep => ({
  ...{ subject: 'write index', name: 'trail-2026.11.24', status },
  ...(detail === undefined ? {} : { detail }),
});

describe('the schedule of the set-up', () => {
  test('is told from CloudFormation', () => {
    expect(isWatchEvent(JSON.parse(JSON.stringify(WATCH_EVENT)))).toBe(true);
    for (const other of [{ RequestType: 'Create' }, undefined, null, 'watch']) {
      expect(isWatchEvent(other)).toBe(false);
    }
  });

  test('says a line when it has done something, and nothing otherwise', async () => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    await watchDay({ watch: async () => step('unchanged'), log });
    expect(lines).toEqual([]);
    await watchDay({ watch: async () => step('created'), log });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'INFO', name: 'trail-2026.11.24', status: 'created' },
    ]);
  });

  test('fails when the engine refuses, so that it is counted', async () => {
    const watch = async (): Promise<SetupStep> => step('failed', '403 security_exception: no');
    await expect(watchDay({ watch, log: () => undefined })).rejects.toMatchObject({
      code: 'DAY_NOT_WATCHED',
      message: 'index trail-2026.11.24: expected to be watched, got 403 security_exception: no',
    });
  });
});
