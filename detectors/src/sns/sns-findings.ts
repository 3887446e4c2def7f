/** Tells subscribers of an SNS topic of each finding. */
import { PublishBatchCommand, type PublishBatchRequestEntry, type SNSClient } from '@aws-sdk/client-sns';
import type { FindingDocument, FindingPort } from '../ports.ts';
import { findingNotice, MAX_PUBLISH_BYTES, noticeBytes } from './finding-notice.ts';

/** Some findings may not have been published; the batch has to be delivered again. */
export class FindingsNotPublishedError extends Error {
  override readonly name = 'FindingsNotPublishedError';
  readonly code = 'FINDINGS_NOT_PUBLISHED';

  constructor(topicArn: string, count: number, reason: string) {
    super(`topic ${topicArn}: ${count} findings not published, last ${reason}`);
  }
}

export interface SnsFindingPorts {
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Uniform in [0, 1); only for jitter. */
  readonly random: () => number;
}

/** SNS takes ten messages a call. */
const MAX_ENTRIES = 10;
/** Calls in a row that publish nothing before the put fails: about three seconds of back-off. */
const MAX_FRUITLESS_CALLS = 6;
const FIRST_PAUSE_MS = 100;
/** Findings that this process remembers to have published. */
const REMEMBERED = 10_000;

/**
 * A port that publishes each finding at least once, and once in the ordinary run. Put behind the port that keeps findings, so that
 * what people are told of is there to be read. A batch that comes again publishes nothing a second time here, since what SNS has taken is
 * remembered; only where another instance takes over a batch whose state was not stored can a finding be published twice, because an index
 * that has it cannot tell whether its message was sent: a notice too many is better than an attack of which nobody hears. The
 * message's finding has the same time, rule and principal then.
 * `put` throws FindingsNotPublishedError; errors of whole calls pass through.
 */
export function createSnsFindings(
  client: SNSClient,
  topicArn: string,
  { sleep, random }: SnsFindingPorts,
): FindingPort {
  const published = new Set<string>();

  return {
    async put(findings) {
      const byId = new Map(findings.map((finding) => [finding.id, finding]));
      let pending = [...byId.values()].filter(({ id }) => !published.has(id));
      let fruitless = 0;
      while (pending.length > 0) {
        const call = nextCall(pending);
        const { taken, reason, hopeless } = await publish(client, topicArn, call);
        for (const id of taken) remember(published, id);
        pending = pending.filter(({ id }) => !taken.has(id));
        fruitless = taken.size > 0 ? 0 : fruitless + 1;
        if (hopeless || fruitless >= MAX_FRUITLESS_CALLS) {
          throw new FindingsNotPublishedError(topicArn, pending.length, reason);
        }
        if (taken.size < call.length) await sleep(FIRST_PAUSE_MS * 2 ** fruitless * (0.5 + random() / 2));
      }
    },
  };
}

interface Notice {
  readonly id: string;
  readonly entry: PublishBatchRequestEntry;
}

/** The first findings that fit in a call. */
function nextCall(pending: readonly FindingDocument[]): readonly Notice[] {
  const call: Notice[] = [];
  let bytes = 0;
  for (const finding of pending.slice(0, MAX_ENTRIES)) {
    const entry = findingNotice(finding, String(call.length));
    bytes += noticeBytes(entry);
    if (call.length > 0 && bytes > MAX_PUBLISH_BYTES) break;
    call.push({ id: finding.id, entry });
  }
  return call;
}

async function publish(client: SNSClient, topicArn: string, call: readonly Notice[]) {
  const { Successful = [], Failed = [] } = await client.send(
    new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: call.map(({ entry }) => entry),
    }),
  );
  // A message that no answer names is taken for unpublished.
  const succeeded = new Set(Successful.map(({ Id }) => Id));
  return {
    taken: new Set(call.filter(({ entry }) => succeeded.has(entry.Id)).map(({ id }) => id)),
    reason: Failed[0]?.Code ?? 'no answer',
    /** SNS says of one that it is the sender's fault: the same again would be refused again. */
    hopeless: Failed.some(({ SenderFault }) => SenderFault === true),
  };
}

function remember(published: Set<string>, id: string): void {
  published.add(id);
  if (published.size <= REMEMBERED) return;
  const [oldest] = published;
  if (oldest !== undefined) published.delete(oldest);
}
