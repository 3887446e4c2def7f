/** Makes of a finding the message that people and their tools get, within what SNS takes. */
import type { MessageAttributeValue, PublishBatchRequestEntry } from '@aws-sdk/client-sns';
import type { FindingDocument } from '../ports.ts';

/** SNS: bytes of a message with its attributes, and of a whole batch, where a topic is not set to take more. */
export const MAX_PUBLISH_BYTES = 262_144;
/** SNS: characters of a subject, which is ASCII and does not begin with a space. */
const MAX_SUBJECT_CHARS = 100;
/** So that attributes never fill a message. */
const MAX_ATTRIBUTE_CHARS = 1_024;
const MAX_ATTRIBUTE_BYTES = 16_384;

/** What a message says of a finding; a document need not have all of it. */
interface FindingParts {
  readonly '@timestamp'?: unknown;
  readonly rule?: { readonly id?: unknown; readonly name?: unknown };
  readonly tenant?: unknown;
  readonly principal?: unknown;
  readonly message?: unknown;
}

/**
 * The finding's JSON under a subject of one line, with the attributes `rule`, `tenant` and `severity` for filter policies of
 * subscriptions, as far as there are such. One that is too long is cut to what names it, with `truncated: true`.
 */
export function findingNotice(finding: FindingDocument, entryId: string): PublishBatchRequestEntry {
  const parts = JSON.parse(finding.source) as FindingParts;
  const { rule, tenant, message } = parts;
  const tooLong = Buffer.byteLength(finding.source) > MAX_PUBLISH_BYTES - MAX_ATTRIBUTE_BYTES;
  return {
    Id: entryId,
    Subject: subjectLine([finding.severity, message ?? rule?.name]),
    Message: tooLong ? JSON.stringify(shortForm(finding, parts)) : finding.source,
    MessageAttributes: attributes({ rule: rule?.name, tenant, severity: finding.severity }),
  };
}

/** Bytes that count against SNS's limits. */
export function noticeBytes({ Message = '', MessageAttributes = {} }: PublishBatchRequestEntry): number {
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue = '' }]) =>
      sum + name.length + DataType.length + Buffer.byteLength(StringValue),
    Buffer.byteLength(Message),
  );
}

function subjectLine(parts: readonly unknown[]): string {
  const text = parts.filter((part) => typeof part === 'string').join(': ');
  // Any run of other characters, line breaks among them, is one mark.
  return `Trailgate: ${text.replace(/[^\x20-\x7e]+/g, '?')}`.slice(0, MAX_SUBJECT_CHARS).trimEnd();
}

function shortForm(
  { index, id }: FindingDocument,
  { '@timestamp': timestamp, rule, tenant, principal, message }: FindingParts,
): object {
  const named = Object.entries({ tenant, principal, message }).map(([name, value]) => [name, cut(value)]);
  return {
    '@timestamp': timestamp,
    rule: { id: cut(rule?.id), name: cut(rule?.name) },
    ...Object.fromEntries(named),
    finding: { index, id },
    truncated: true,
  };
}

function attributes(values: Readonly<Record<string, unknown>>): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const text = cut(value);
      return text === undefined || text === '' ? [] : [[name, { DataType: 'String', StringValue: text }]];
    }),
  );
}

/** Without what no message of SNS may hold: control characters, and halves of characters. */
function cut(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value
    .slice(0, MAX_ATTRIBUTE_CHARS)
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ');
}
