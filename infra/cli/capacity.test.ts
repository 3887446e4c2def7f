import { afterEach, describe, expect, test, vi } from 'vitest';
import { capacity } from './capacity.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function printed(): () => string {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  return () => log.mock.calls.flat().join('\n');
}

describe('trailgate capacity', () => {
  test('prints a plan of the figures that were given', async () => {
    const output = printed();
    expect(
      await capacity([
        '--rps',
        '2e3',
        '--sample-rate',
        '0.5',
        '--bytes',
        '900',
        '--no-platform-lines',
        '--json',
      ]),
    ).toBe(0);
    const { settings, load } = JSON.parse(output());
    expect(settings).toMatchObject({
      requestsPerSecond: 2_000,
      sampleRate: 0.5,
      bytesPerLine: 900,
      region: 'us-east-1',
    });
    expect(load.lines.platform).toBe(0);
  });

  test.each([
    [[], '--rps: expected requests a second, got none'],
    [['--rps', 'many'], '--rps: expected a number, got "many"'],
    [['--rps', '-5'], '--rps'],
    [['--rps', '5', '--sample-rate', '2'], '--sample-rate: expected a number from 0 to 1, got 2'],
    [['--rps', '5', '--region', 'mars'], '--region: expected a region such as eu-central-1, got "mars"'],
  ])('refuses %j in a sentence', async (args, message) => {
    await expect(capacity(args)).rejects.toThrow(message);
  });
});
