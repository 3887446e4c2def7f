/** The fields that say where a line came from: stamped from the envelope, whatever the message claims. */
import type { LogLine } from '../log-line.ts';

/** Fields to lay over a document's body. */
export function provenance(
  line: Pick<LogLine, 'owner' | 'logGroup' | 'logStream' | 'eventId'>,
  body: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { faas, cloud } = body;
  const name = functionName(line.logGroup);
  return {
    ...(name === undefined ? {} : { faas: { ...(typeof faas === 'object' ? faas : {}), name } }),
    // Only kinds of ours set `cloud`: a region beside the account.
    cloud: { ...(typeof cloud === 'object' ? cloud : {}), account: { id: line.owner } },
    aws: {
      cloudwatch: { log_group: line.logGroup, log_stream: line.logStream, event_id: line.eventId },
    },
  };
}

/** Lambda's name in `/aws/lambda/<name>`, or undefined for another group. */
export function functionName(logGroup: string): string | undefined {
  return /^\/aws\/lambda\/(.+)$/.exec(logGroup)?.[1];
}

/** What the signals call the source of a line. */
export function sourceStream(line: Pick<LogLine, 'logGroup' | 'logStream'>): string {
  return `${line.logGroup}/${line.logStream}`;
}
