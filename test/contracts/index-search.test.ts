import { plainBulk } from '../../infra/findings/plain-bulk.ts';
import { SqliteIndex } from '../../infra/local/index/sqlite-index.ts';
import { SqliteSearch } from '../../infra/local/index/sqlite-search.ts';
import { indexSearchContract } from './index-search-contract.ts';
import { MemorySearch } from './index-search-memory.ts';

indexSearchContract('memory', { runs: 0 }, () => {
  const index = new MemorySearch();
  return {
    index,
    put: async (documents) => {
      for (const document of documents) index.put(document);
    },
    close: async () => undefined,
  };
});

indexSearchContract('SQLite', { runs: 200 }, () => {
  const file = new SqliteIndex(':memory:');
  const search = new SqliteSearch(file);
  return {
    index: search,
    put: async (documents) => {
      await file.bulk(plainBulk(documents));
    },
    close: async () => {
      search.close();
      file.close();
    },
  };
});
