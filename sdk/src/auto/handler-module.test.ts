import { describe, expect, test } from 'vitest';
import { findHandlerModule } from './handler-module.ts';

function among(...files: string[]) {
  return {
    realPath: (path: string) => (files.includes(path) ? path : undefined),
    find: (name: string, from: readonly string[]) =>
      from.map((folder) => `${folder}/node_modules/${name}/index.js`).find((path) => files.includes(path)),
  };
}

describe('the module of a handler', () => {
  test.each([
    ['index.handler', ['/var/task/index.mjs'], ['/var/task/index.mjs'], ['handler']],
    [
      'src/orders/index.a.b.handler',
      ['/var/task/src/orders/index.js'],
      ['/var/task/src/orders/index.js'],
      ['a', 'b', 'handler'],
    ],
    [
      'index.default',
      ['/var/task/index.cjs', '/var/task/index.js'],
      ['/var/task/index.js', '/var/task/index.cjs'],
      ['default'],
    ],
    [
      'orders.handler',
      ['/var/task/node_modules/orders/index.js'],
      ['/var/task/node_modules/orders/index.js'],
      ['handler'],
    ],
    ['/opt/layer/index.handler', ['/opt/layer/index.mjs'], ['/opt/layer/index.mjs'], ['handler']],
  ])('%s among %j', (handler, files, expected, names) => {
    expect(findHandlerModule({ handler, taskRoot: '/var/task' }, among(...files))).toEqual({
      files: expected,
      names,
    });
  });

  test.each([['index'], ['index.'], [''], ['missing.handler']])(
    '%j is not found, as the runtime finds nothing',
    (handler) => {
      expect(
        findHandlerModule({ handler, taskRoot: '/var/task' }, among('/var/task/index.js')),
      ).toBeUndefined();
    },
  );
});
