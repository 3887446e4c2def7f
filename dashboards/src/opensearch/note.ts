/** A text on a dashboard, in Markdown. */
import type { Visualization } from './saved-object.ts';
import { NO_SEARCH } from './search-source.ts';
import { visualization } from './visualization.ts';

export interface NoteSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** A paragraph, list or table each. */
  readonly markdown: readonly string[];
}

export function note({ markdown, ...spec }: NoteSpec): Visualization {
  return visualization({
    ...spec,
    state: {
      type: 'markdown',
      params: {
        fontSize: 12,
        // Versions 2.9 to 2.11 show an empty page when a dashboard is left for another in the same tab.
        openLinksInNewTab: true,
        markdown: markdown.join('\n\n'),
      },
      aggs: [],
    },
    searchSource: NO_SEARCH,
    references: [],
  });
}
