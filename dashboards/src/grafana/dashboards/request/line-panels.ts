/** Every line of the request, of both indices. */
import { logLines } from '../../panels/log-lines.ts';
import { logLinesQuery } from '../../queries/index-query.ts';
import type { PanelRow } from '../dashboard.ts';
import { OF_THE_REQUEST } from './of-the-request.ts';

const MAX_LINES = 1_000;
const EMPTY = 'Empty while no id is filled in';

export function linesRow(): PanelRow {
  return {
    title: 'Every line',
    panels: [
      logLines({
        id: 4,
        title: 'Business lines',
        description: `Log lines and records of the request from the business index, oldest first. ${EMPTY}, and for a request that left no line.`,
        source: 'business',
        query: logLinesQuery({ channel: 'business', where: [], and: OF_THE_REQUEST, size: MAX_LINES }),
        width: 12,
        height: 16,
      }),
      logLines({
        id: 5,
        title: 'Trail lines',
        description: `Security events of the request from the trail index, oldest first. ${EMPTY}, and for a request that left no event.`,
        source: 'trail',
        query: logLinesQuery({ channel: 'trail', where: [], and: OF_THE_REQUEST, size: MAX_LINES }),
        width: 12,
        height: 16,
      }),
    ],
  };
}
