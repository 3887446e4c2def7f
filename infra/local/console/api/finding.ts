/** `GET /api/finding`: what a detector found, by which rule, the events behind it, and the cap it wrote as it stands now. */
import type { Rule } from '@trailgate/detectors';
import type { IndexResult } from '../../index/index-search.ts';
import { type FindingAnswer, SEARCH_PAGE } from '../answers.ts';
import { capRows } from '../live/cap-rows.ts';
import { fieldAt, textAt, timeAt } from '../live/document-field.ts';
import { readDocument } from '../live/document-reading.ts';
import { documentFields, documentRow } from '../live/document-row.ts';
import { documentText } from '../live/document-text.ts';
import type { ConsoleSources } from '../sources.ts';
import type { CapRow } from '../view.ts';
import { ApiError, type ApiRoute } from './api-route.ts';
import { documentAt } from './document-address.ts';
import { ruleRow } from './rule-row.ts';

type Json = Readonly<Record<string, unknown>>;

const NO_EVENTS: IndexResult = { documents: [], total: 0, exact: true, next: null };

export const FINDING: ApiRoute = {
  method: 'GET',
  path: '/api/finding',
  answer: async (request, sources): Promise<FindingAnswer> => {
    const found = await documentAt(request, sources);
    const { reading } = readDocument({ cursor: 0, ...found });
    if (reading.is !== 'finding') {
      throw new ApiError(404, 'NO_FINDING', `The document ${found.id} is not a finding.`);
    }
    const fields = documentFields(found.source);
    const rule = ruleOf(fields, sources.rules);
    const [events, cap] = await Promise.all([
      eventsOf(fields, rule, sources),
      capOf(fields, sources, request.now),
    ]);
    return {
      finding: reading.row,
      rule: rule === undefined ? null : ruleRow(rule, sources.capTimeScale),
      events: events.documents.map((document) => documentRow(document)),
      eventsTotal: events.total,
      cap,
      json: documentText(found.source),
    };
  },
};

function ruleOf(finding: Json, rules: readonly Rule[]): Rule | undefined {
  const [id, name] = [textAt(finding, 'rule.id'), textAt(finding, 'rule.name')];
  return rules.find((rule) => rule.id === id) ?? rules.find((rule) => rule.name === name);
}

/** From the first of the evidence to the finding; where no evidence says when, as far back as the rule looks. */
async function eventsOf(
  finding: Json,
  rule: Rule | undefined,
  sources: ConsoleSources,
): Promise<IndexResult> {
  const principal = textAt(finding, 'principal');
  const tenant = textAt(finding, 'tenant');
  const at = timeAt(finding, '@timestamp');
  const last = timeAt(finding, 'evidence.last');
  const until = Math.max(at ?? Number.NEGATIVE_INFINITY, last ?? Number.NEGATIVE_INFINITY);
  if (principal === '' || !Number.isFinite(until)) return NO_EVENTS;
  const since = timeAt(finding, 'evidence.first') ?? until - (rule?.correlation.timespanMs ?? 0);
  return sources.index.search({
    channel: 'all',
    words: '',
    equals: [
      { field: 'principal', value: principal },
      ...(tenant === '' ? [] : [{ field: 'tenant', value: tenant } as const]),
    ],
    // What happened, and what was asked for: neither what handlers log of it, nor other findings.
    anyOf: [
      { field: 'event.kind', value: 'event' },
      { field: 'trailgate.kind', value: 'request' },
    ],
    since,
    until,
    order: 'newest',
    limit: SEARCH_PAGE,
  });
}

async function capOf(finding: Json, sources: ConsoleSources, now: number): Promise<CapRow | null> {
  if (fieldAt(finding, 'cap') === undefined) return null;
  const tenant = textAt(finding, 'tenant');
  const client = textAt(finding, 'cap.client') || textAt(finding, 'principal');
  const key = JSON.stringify([tenant, client, textAt(finding, 'rule.name')]);
  try {
    const caps = await sources.activeCaps(now);
    const own = caps.filter((one) => one.tenant === tenant && one.client === client);
    return capRows(own, sources.base, now).find((row) => row.key === key) ?? null;
  } catch {
    // The evidence is worth showing without it; that the table cannot be read is said by the live state, which has the caps too.
    return null;
  }
}
