/** `GET /api/document`: one document, whole. */
import type { DocumentAnswer } from '../answers.ts';
import { documentRow } from '../live/document-row.ts';
import { documentText } from '../live/document-text.ts';
import type { ApiRoute } from './api-route.ts';
import { documentAt } from './document-address.ts';

export const DOCUMENT: ApiRoute = {
  method: 'GET',
  path: '/api/document',
  answer: async (request, sources): Promise<DocumentAnswer> => {
    const found = await documentAt(request, sources);
    return { row: documentRow(found), json: documentText(found.source) };
  },
};
