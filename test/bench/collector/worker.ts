/** One process of the benchmark: one subject over the same batches in blocks, CPU time of each block told on standard output. */
import { makeBatch } from './events.ts';
import { type SubjectName, subjectOf } from './subjects.ts';

const RECORDS = 10;
const LINES_A_RECORD = 400;
const BATCHES = 8;
const WARM_UP_BLOCKS = 10;
const BLOCKS = 7;

export interface WorkerFigures {
  /** CPU time of the process a line, microseconds, of each block. */
  readonly cpuUs: readonly number[];
  /** The same of a clock on the wall. */
  readonly wallUs: readonly number[];
  readonly messageBytes: number;
  readonly rawBytes: number;
  readonly gzipBytes: number;
}

const [name, url = ''] = process.argv.slice(2) as [SubjectName, string];
const subject = subjectOf(name, url);
const batches = Array.from({ length: BATCHES }, (_, seed) => makeBatch(seed + 1, RECORDS, LINES_A_RECORD));
const lines = batches.reduce((sum, batch) => sum + batch.lines, 0);
const cpuUs: number[] = [];
const wallUs: number[] = [];
for (let block = 0; block < WARM_UP_BLOCKS + BLOCKS; block++) {
  const cpu = process.cpuUsage();
  const began = process.hrtime.bigint();
  for (const batch of batches) await subject(batch.event, batch.lines);
  const { user, system } = process.cpuUsage(cpu);
  if (block < WARM_UP_BLOCKS) continue;
  cpuUs.push((user + system) / lines);
  wallUs.push(Number(process.hrtime.bigint() - began) / 1000 / lines);
}
const figures: WorkerFigures = {
  cpuUs,
  wallUs,
  messageBytes: sum(batches.map(({ messageBytes }) => messageBytes)) / lines,
  rawBytes: sum(batches.map(({ rawBytes }) => rawBytes)) / lines,
  gzipBytes:
    sum(batches.flatMap(({ event }) => event.Records.map(({ kinesis }) => kinesis.data.length * 0.75))) /
    lines,
};
console.log(JSON.stringify(figures));
process.exit();

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
