/** Lambda's own lines: counted, never a document; a report becomes a signal, so that missing records show. */
import { instanceKey } from '@trailgate/sdk/wire';
import { functionName, sourceStream } from '../../documents/provenance.ts';
import type { Kind } from '../kind.ts';
import { type PlatformLine, readPlatformLine } from './platform-line.ts';

export const platformKind: Kind<PlatformLine> = {
  name: 'platform',
  recognise(line) {
    const reading = readPlatformLine(line.text);
    return reading === undefined ? undefined : { is: 'recognised', reading };
  },
  toDocument: () => undefined,
  toSignals({ report }, line) {
    if (report === undefined) return [];
    const stream = sourceStream(line);
    return [
      {
        key: instanceKey(stream),
        signal: {
          kind: 'platform',
          at: line.time,
          from: { stream, position: line.eventId },
          functionName: functionName(line.logGroup) ?? line.logGroup,
          reports: 1,
          coldStarts: report.coldStart ? 1 : 0,
          failures: report.failed ? 1 : 0,
        },
      },
    ];
  },
};
