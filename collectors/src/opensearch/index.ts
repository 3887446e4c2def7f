export {
  OpenSearchCallError,
  OpenSearchOptionsError,
  OpenSearchRefusedError,
  OpenSearchReplyError,
  OpenSearchUnavailableError,
} from './opensearch-errors.ts';
export { createOpenSearchIndex, type OpenSearchIndex, type OpenSearchPorts } from './opensearch-index.ts';
export type { OpenSearchOptions, SigningOptions } from './opensearch-options.ts';
