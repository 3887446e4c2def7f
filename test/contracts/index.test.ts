import { MemoryIndex } from '../../collectors/src/testing/memory-index.ts';
import { SqliteIndex } from '../../infra/local/index/sqlite-index.ts';
import { indexContract } from './index-contract.ts';

indexContract('memory', 'nothing', () => {
  const index = new MemoryIndex();
  return {
    index,
    read: async (name) => {
      const inside = [...index.documents].filter(([path]) => path.startsWith(`${name}/`));
      return new Map(inside.map(([path, source]) => [path.slice(name.length + 1), source]));
    },
    close: async () => undefined,
  };
});

indexContract('SQLite', 'object', () => {
  const index = new SqliteIndex(':memory:');
  return {
    index,
    read: async (name) =>
      new Map(
        [...index.all(name)].filter((found) => found.index === name).map(({ id, source }) => [id, source]),
      ),
    close: async () => index.close(),
  };
});
