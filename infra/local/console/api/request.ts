/** `GET /api/request`: one request followed across functions, from either of its ids. */
import type { FoundDocument } from '../../index/index-search.ts';
import type { RequestAnswer, RequestEntry } from '../answers.ts';
import { documentFields, documentRow } from '../live/document-row.ts';
import { legibleText } from '../live/legible-text.ts';
import type { ApiRoute } from './api-route.ts';
import { textField } from './order-fields.ts';
import { decisionOf } from './request-decision.ts';
import { ofRequest } from './search-query.ts';

/** Lines of one answer, the first ones. */
const MAX_ENTRIES = 500;
/** Characters: the SDK takes no longer ids. */
const MAX_ID = 512;

export const REQUEST: ApiRoute = {
  method: 'GET',
  path: '/api/request',
  answer: async ({ query }, sources): Promise<RequestAnswer> => {
    const id = textField(Object.fromEntries(query), 'id', 1, MAX_ID);
    const { documents, next } = await sources.index.search({
      channel: 'all',
      words: '',
      equals: [],
      anyOf: ofRequest(id),
      order: 'oldest',
      limit: MAX_ENTRIES,
    });
    const entries = documents.map(entryOf);
    const begun = entries.map(({ from }) => from).filter((from) => from !== null);
    const ended = entries.map(({ at }) => at).filter((at) => at !== null);
    return {
      id: legibleText(id),
      entries,
      services: [...new Set(entries.map(({ service }) => service).filter(Boolean))],
      from: begun.length === 0 ? null : Math.min(...begun),
      until: ended.length === 0 ? null : Math.max(...ended),
      cut: next !== null,
    };
  },
};

/** A record of what took time is written at its end. */
function entryOf(document: FoundDocument): RequestEntry {
  const fields = documentFields(document.source);
  const row = documentRow(document, fields);
  const from = row.at === null ? null : row.at - (row.durationMs ?? 0);
  return { ...row, from, decision: decisionOf(fields) };
}
