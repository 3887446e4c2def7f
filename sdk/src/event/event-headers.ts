/** Finds the correlation of an event that is no request of a client: one for the whole invocation. */
import type { CorrelationHeaders, HeaderDraft } from '../correlation/correlation-headers.ts';
import { parseXrayHeader } from '../correlation/xray.ts';
import { field, textField } from './field.ts';
import { trustedNames } from './header-names.ts';
import { takeHeaders } from './headers.ts';
import { takeEnvelope } from './ingest/envelope.ts';
import { hasIds, takeLater, takePayload } from './ingest/payload.ts';
import { readPayloadText } from './ingest/payload-text.ts';
import { takeExecution } from './ingest/step-functions.ts';
import { isBatch, readRecords } from './records.ts';

const MAX_ARN_CHARS = 1024;
const MAX_ID_CHARS = 128;
const DURABLE = '/durable-execution/';

export function eventHeaders(event: unknown, lambda: unknown): CorrelationHeaders {
  if (isBatch(event)) return agreedHeaders(event);
  const draft: HeaderDraft = {};
  const context = field(lambda, 'clientContext');
  // Where the caller of a function puts what is not payload.
  const custom = field(context, 'custom') ?? field(context, 'Custom');
  takePayload(custom, draft);
  takeLater(draft, takeHeaders(custom, trustedNames));
  if (!hasIds(draft)) takeEnvelope(event, draft);
  takeExecution(event, draft);
  takeDurable(event, draft);
  return draft;
}

/** What all records say; empty as soon as one says something else or nothing, so that unrelated messages do not share an id. */
function agreedHeaders(event: unknown): CorrelationHeaders {
  let agreed: CorrelationHeaders | undefined;
  let key: string | undefined;
  for (const { headers } of readRecords(event)) {
    const next = idsOf(headers);
    if (next === '' || (key !== undefined && next !== key)) return {};
    agreed ??= headers;
    key = next;
  }
  return agreed ?? {};
}

function idsOf(headers: CorrelationHeaders): string {
  const trace =
    headers.traceparent?.slice(0, 35) ??
    headers['x-datadog-trace-id'] ??
    parseXrayHeader(headers['x-amzn-trace-id'])?.traceId;
  const id = headers['x-correlation-id'];
  return id === undefined && trace === undefined
    ? (headers['source-id'] ?? '')
    : `${id ?? ''} ${trace ?? ''}`;
}

/** All invocations of one durable execution share its id, and the ids of the input that it began with. */
function takeDurable(event: unknown, draft: HeaderDraft): void {
  const arn = textField(event, 'DurableExecutionArn', MAX_ARN_CHARS);
  if (arn === undefined) return;
  const first = field(field(field(event, 'InitialExecutionState'), 'Operations'), '0');
  const input = field(field(first, 'ExecutionDetails'), 'InputPayload');
  if (!hasIds(draft)) takeEnvelope(readPayloadText(input), draft);
  draft['source-id'] = (arn.split(DURABLE)[1] ?? arn).slice(-MAX_ID_CHARS);
}
