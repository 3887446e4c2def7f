/** Shapes one line by the registered kinds, for tests that ask where a line ends up. */

import type { Shaped } from '../kinds/kind.ts';
import { KINDS } from '../kinds/registry.ts';
import type { LogLine } from '../log-line.ts';
import { eventId } from './kinesis-event.ts';
import { NOW } from './memory-ports.ts';

/** A log group and stream that no function writes to. */
export const EDGE_GROUP = 'edge-logs';
const EDGE_STREAM = 'a1b2c3d4';

export function edgeLine(
  text: string,
  logGroup: string = EDGE_GROUP,
  logStream: string = EDGE_STREAM,
): LogLine {
  return {
    owner: '123456789012',
    logGroup,
    logStream,
    streamHash: 'h',
    eventId: eventId(1),
    time: NOW - 1000,
    arrival: NOW,
    message: text,
    text: text.replace(/\r?\n$/, ''),
  };
}

export function shapedBy(line: LogLine): Shaped {
  for (const shape of KINDS) {
    const shaped = shape(line);
    if (shaped !== undefined) return shaped;
  }
  throw new Error('no kind took the line');
}

/** The document's body with its channel and time; throws where the line made none. */
export function documentOf(line: LogLine): Readonly<Record<string, unknown>> {
  const shaped = shapedBy(line);
  if (shaped.is !== 'document') throw new Error(`the line is ${shaped.is}`);
  const { channel, time, body } = shaped.document;
  return { channel, time, ...(JSON.parse(JSON.stringify(body)) as object) };
}
