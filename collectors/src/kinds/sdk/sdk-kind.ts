/** Records of the contract: routed by the head alone, checked, and carried into the index almost as they are. */
import { MAX_LINE_BYTES, readHead } from '@trailgate/sdk/wire';
import { tryParse } from '../../decode/json-sequence.ts';
import type { Kind } from '../kind.ts';
import { bodyFault } from './body-fault.ts';
import { recordDocument } from './record-document.ts';
import { recordSignals } from './record-signals.ts';
import type { SdkRecord } from './sdk-record.ts';

export const sdkKind: Kind<SdkRecord> = {
  name: 'sdk',
  recognise(line) {
    const head = readHead(line.text);
    switch (head.is) {
      case 'foreign':
        return undefined;
      case 'newer':
        return {
          is: 'unreadable',
          reason: `record contract: version ${head.version} is newer than this reader`,
        };
      case 'malformed':
        return { is: 'unreadable', reason: `record contract: ${head.reason}` };
      case 'record':
        break;
    }
    const refuse = (reason: string): { readonly is: 'unreadable'; readonly reason: string } => ({
      is: 'unreadable',
      reason: `record contract: ${reason}`,
    });
    if (Buffer.byteLength(line.text) > MAX_LINE_BYTES)
      return refuse(`line longer than ${MAX_LINE_BYTES} bytes`);
    const time = Date.parse(head.head.timestamp);
    const parsed = tryParse(line.text);
    if (parsed === undefined) return refuse('body is not JSON');
    const body = parsed.value as Readonly<Record<string, unknown>>;
    const fault = bodyFault(head.head.kind, body);
    if (fault !== undefined) return refuse(fault);
    return { is: 'recognised', reading: { head: head.head, time, body } };
  },
  toDocument: recordDocument,
  toSignals: recordSignals,
};
