/** Reads an indexed document into a row of the console, whatever a log line put there. */
import { RECORD_KINDS } from '@trailgate/sdk/wire';
import type { FoundDocument } from '../../index/index-search.ts';
import type { DocumentRow } from '../answers.ts';
import { countOf, fieldAt, isObject, textAt, timeAt } from './document-field.ts';
import { legibleText } from './legible-text.ts';

type Json = Readonly<Record<string, unknown>>;

const NS_PER_MS = 1_000_000;

/** The fields of a document; none of what is no JSON object. Never throws. */
export function documentFields(source: string): Json {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : {};
  } catch {
    // Its text is shown as it is; a row of it has nothing but its address.
    return {};
  }
}

/** Never throws: what people log is in these documents. */
export function documentRow(
  { index, id, source }: FoundDocument,
  fields: Json = documentFields(source),
): DocumentRow {
  const shown = (path: string): string => legibleText(textAt(fields, path));
  const nanoseconds = countOf(fieldAt(fields, 'event.duration'));
  return {
    index,
    id,
    at: timeAt(fields, '@timestamp'),
    channel: index.startsWith('trail-') ? 'trail' : 'business',
    kind: kindOf(fields),
    level: shown('level'),
    service: shown('service.name'),
    message: shown('message'),
    action: shown('event.action'),
    outcome: shown('event.outcome'),
    tenant: shown('tenant'),
    principal: shown('principal'),
    user: shown('user.id'),
    source: shown('source.ip'),
    route: shown('route'),
    correlation: shown('correlation_id'),
    trace: shown('trace_id'),
    span: shown('span_id'),
    status: countOf(fieldAt(fields, 'http.response.status_code')) ?? null,
    durationMs: nanoseconds === undefined ? null : nanoseconds / NS_PER_MS,
    count: countOf(fieldAt(fields, 'count')) ?? 1,
  };
}

function kindOf(fields: Json): string {
  if (fieldAt(fields, 'event.kind') === 'alert') return 'finding';
  return RECORD_KINDS.find((kind) => kind === fieldAt(fields, 'trailgate.kind')) ?? '';
}
