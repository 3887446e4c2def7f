/** On-failure destination of the local stack: one file for each run of records that an event source gave up. */
import type { FailureRecord } from '../event-source/failure-record.ts';
import { JsonFolder } from './json-folder.ts';

export class FolderFailures {
  readonly #failures: JsonFolder<FailureRecord>;

  constructor(folder: string) {
    this.#failures = new JsonFolder(folder);
  }

  /** The same records of the same function given up again change nothing. */
  async put(failure: FailureRecord): Promise<void> {
    const { shardId, startSequenceNumber, endSequenceNumber, streamArn } = failure.KinesisBatchInfo;
    const [functionName, stream] = [failure.requestContext.functionArn, streamArn].map((arn) =>
      arn.slice(arn.lastIndexOf(':') + 1).replace('/', '-'),
    );
    const id = `${functionName}-${stream}-${shardId}-${startSequenceNumber}-${endSequenceNumber}`;
    await this.#failures.keep(id, failure);
  }

  list(): Promise<readonly FailureRecord[]> {
    return this.#failures.list();
  }

  count(): Promise<number> {
    return this.#failures.count();
  }
}
