/** A record of the contract as this collector holds it: head by the bytes, body as parsed. */
import type { RecordHead } from '@trailgate/sdk/wire';

export interface SdkRecord {
  readonly head: RecordHead;
  /** The head's timestamp, epoch milliseconds. */
  readonly time: number;
  /** Checked as far as signals read it (`body-fault.ts`); the index's mapping checks the rest. */
  readonly body: Readonly<Record<string, unknown>>;
}
