/** The collector against its budgets, side by side with what anybody would write first and with the client's own helper. */
import { atLeast, atMost, type Row } from '../report.ts';
import { type Figure, interleaved, peakMemory, withServer } from './measure.ts';

const PLAIN_WORDS = 'the order was taken into the regional list';
const MULTI_BYTE_WORDS = 'größere Lieferung 注文を受け付けました';

export async function collector(rounds: number): Promise<readonly Row[]> {
  return [...(await speedRows(rounds)), ...(await memoryRows())];
}

async function speedRows(rounds: number): Promise<Row[]> {
  const alone = await interleaved(['collector', 'straightforward'], rounds, '');
  const toServer = await withServer((url) =>
    interleaved(['collector to a server', 'helpers.bulk to a server'], rounds, url),
  );
  const ours = alone.collector;
  const oursToServer = toServer['collector to a server'];
  const theirs = toServer['helpers.bulk to a server'];
  return [
    {
      ...atLeast(
        'times the straightforward path, CPU',
        round(alone.straightforward.cpuUs / ours.cpuUs),
        'x',
        3,
      ),
      peer: `straightforward ${told(alone.straightforward)}, collector ${told(ours)}`,
    },
    {
      ...atLeast(
        'times helpers.bulk, both to a server, CPU',
        round(theirs.cpuUs / oursToServer.cpuUs),
        'x',
        2,
      ),
      peer: `helpers.bulk ${told(theirs)}, collector ${told(oursToServer)}`,
    },
    {
      ...atMost('CPU a line, full path', round(ours.cpuUs), 'us', 50),
      peer: `a message of ${Math.round(ours.messageBytes)} bytes, ${Math.round(ours.gzipBytes)} in gzip`,
    },
    atLeast('lines a second and core', Math.round(1e6 / ours.cpuUs), 'lines/s', 20_000),
    atLeast('raw, a second and core', round(ours.rawBytes / ours.cpuUs), 'MB/s', 10),
  ];
}

async function memoryRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, records, words] of [
    ['1 record', 1, PLAIN_WORDS],
    ['1 record of multi-byte text', 1, MULTI_BYTE_WORDS],
    ['100 records', 100, PLAIN_WORDS],
    ['100 records of multi-byte text', 100, MULTI_BYTE_WORDS],
  ] as const) {
    const { peakMb, beforeMb, inflatedBytes, lines } = await peakMemory(records, words);
    rows.push({
      ...atMost(`peak memory, 6 MB event, ${what}`, Math.round(peakMb), 'MB', 256),
      peer: `${Math.round(inflatedBytes / 1e6)} MB inflated, ${lines} lines, ${Math.round(beforeMb)} MB before`,
    });
  }
  return rows;
}

function told({ cpuUs, wallUs }: Figure): string {
  return `${round(cpuUs)} us (${round(wallUs)} on the wall)`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
