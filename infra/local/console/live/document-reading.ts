/** Reads an indexed document into what the console shows of it: a rollup, a row of the trail, a finding, or nothing. */

import { RECORD_KINDS, type RecordKind } from '@trailgate/sdk/wire';
import type { FindingRow, TrailRow } from '../view.ts';
import { countOf, fieldAt, isObject, textAt, timeAt } from './document-field.ts';
import { legibleText } from './legible-text.ts';
import type { RollupReading } from './traffic-series.ts';

/** A document as the index holds it; `source` is JSON. */
export interface IndexedDocument {
  /** Order of arrival, from 1. */
  readonly cursor: number;
  readonly index: string;
  readonly id: string;
  readonly source: string;
}

export type DocumentReading =
  | { readonly is: 'rollup'; readonly rollup: RollupReading }
  | { readonly is: 'trail'; readonly row: TrailRow }
  | { readonly is: 'finding'; readonly row: FindingRow }
  | { readonly is: 'other' }
  | { readonly is: 'unreadable' };

type Json = Readonly<Record<string, unknown>>;

/** Lines of evidence shown; the finding itself has all of it. */
const MAX_EVIDENCE = 12;

export interface ReadDocument {
  readonly reading: DocumentReading;
  /** Of a record that an SDK wrote. */
  readonly kind?: RecordKind;
  /** Id of the instance that wrote it. */
  readonly instance?: string;
}

/** Never throws: what people log is in these documents. */
export function readDocument(document: IndexedDocument): ReadDocument {
  const json = parse(document.source);
  if (json === undefined) return { reading: { is: 'unreadable' } };
  const reading = readingOf(document, json);
  const kind = RECORD_KINDS.find((one) => one === fieldAt(json, 'trailgate.kind'));
  return kind === undefined ? { reading } : { reading, kind, instance: textAt(json, 'trailgate.instance') };
}

function readingOf(document: IndexedDocument, json: Json): DocumentReading {
  if (fieldAt(json, 'event.kind') === 'alert') {
    return { is: 'finding', row: findingRow(document, json) };
  }
  if (fieldAt(json, 'trailgate.kind') === 'rollup') {
    const rollup = rollupReading(json);
    return rollup === undefined ? { is: 'other' } : { is: 'rollup', rollup };
  }
  if (document.index.startsWith('trail-')) return { is: 'trail', row: trailRow(document, json) };
  return { is: 'other' };
}

function parse(source: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? value : undefined;
  } catch {
    // Counted by the caller and said on the page.
    return undefined;
  }
}

function trailRow({ cursor, index, id }: IndexedDocument, json: Json): TrailRow {
  return {
    cursor,
    index,
    id,
    at: timeAt(json, '@timestamp'),
    action: shown(json, 'event.action') || shown(json, 'message'),
    outcome: shown(json, 'event.outcome'),
    principal: shown(json, 'principal'),
    user: shown(json, 'user.id'),
    source: shown(json, 'source.ip'),
    route: shown(json, 'route'),
    correlation: shown(json, 'correlation_id'),
    count: countOf(fieldAt(json, 'count')) ?? 1,
  };
}

function findingRow({ cursor, index, id }: IndexedDocument, json: Json): FindingRow {
  const cap = fieldAt(json, 'cap');
  return {
    cursor,
    index,
    id,
    at: timeAt(json, '@timestamp'),
    rule: shown(json, 'rule.name') || shown(json, 'rule.id'),
    tenant: shown(json, 'tenant'),
    principal: shown(json, 'principal'),
    message: shown(json, 'message'),
    evidence: evidenceOf(fieldAt(json, 'evidence')),
    ...(isObject(cap) ? { cap: capSentence(cap) } : {}),
  };
}

function evidenceOf(evidence: unknown): FindingRow['evidence'] {
  if (!isObject(evidence)) return [];
  return Object.keys(evidence)
    .slice(0, MAX_EVIDENCE)
    .map((name) => ({ name: legibleText(name, 60), value: shown({ value: evidence[name] }, 'value') }));
}

function capSentence(cap: Json): string {
  const mode = fieldAt(cap, 'mode') === 'shadow' ? ' in shadow mode (nobody is refused)' : '';
  const cls = textAt(cap, 'class');
  const routes = cls === '*' ? 'all routes' : `routes of class ${cls}`;
  return legibleText(
    `${textAt(cap, 'client')} held to ${textAt(cap, 'rate')} requests/s on ${routes}${mode}`,
  );
}

function rollupReading(json: Json): RollupReading | undefined {
  const stream = textAt(json, 'aws.cloudwatch.log_stream');
  const since = timeAt(json, 'rollup.since');
  const at = timeAt(json, '@timestamp');
  if (stream === '' || since === null || at === null) return undefined;
  return {
    service: textAt(json, 'service.name'),
    stream: `${textAt(json, 'aws.cloudwatch.log_group')}/${stream}`,
    since,
    at,
    requests: objectsAt(json, 'rollup.requests').flatMap(requestCount),
    latency: objectsAt(json, 'rollup.latency').flatMap(latencyCounts),
  };
}

function requestCount(row: Json): RollupReading['requests'] {
  const status = countOf(row.status);
  const count = countOf(row.count);
  if (status === undefined || count === undefined) return [];
  return [{ key: JSON.stringify(['r', row.route, status, row.tenant]), status, count }];
}

function latencyCounts(row: Json): RollupReading['latency'] {
  const buckets: unknown = row.buckets;
  if (!Array.isArray(buckets)) return [];
  return buckets.flatMap((pair: unknown) => {
    const [bucket, count] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
    const counted = countOf(count);
    if (typeof bucket !== 'number' || !Number.isInteger(bucket) || counted === undefined) return [];
    return [{ key: JSON.stringify(['l', row.route, bucket]), bucket, count: counted }];
  });
}

function objectsAt(json: Json, path: string): readonly Json[] {
  const value = fieldAt(json, path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function shown(json: Json, path: string): string {
  return legibleText(textAt(json, path));
}
