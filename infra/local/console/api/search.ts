/** `GET /api/search`: documents by words, values and time, the newest first. */
import type { SearchAnswer } from '../answers.ts';
import { documentRow } from '../live/document-row.ts';
import type { ApiRoute } from './api-route.ts';
import { searchQuery } from './search-query.ts';

export const SEARCH: ApiRoute = {
  method: 'GET',
  path: '/api/search',
  answer: async ({ query }, sources): Promise<SearchAnswer> => {
    const { documents, total, exact, next } = await sources.index.search(searchQuery(query));
    return { rows: documents.map((document) => documentRow(document)), total, exact, next };
  },
};
