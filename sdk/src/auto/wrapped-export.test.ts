import { describe, expect, test } from 'vitest';
import { createTestTrailgate, events } from '../testing/index.ts';
import { wrappedExport } from './wrapped-export.ts';

type Handler = (event: object) => Promise<unknown>;

function attach(exported: unknown, ...names: string[]) {
  const kit = createTestTrailgate();
  const said: string[] = [];
  return { kit, said, value: wrappedExport(exported, names, kit.trailgate, (text) => said.push(text)) };
}

const handler = async () => ({ statusCode: 204 });

describe('what is exported in place of the handler', () => {
  test.each([
    ['by name', { handler }, ['handler'], (value: unknown) => value],
    [
      'in objects',
      { a: { b: { handler, other: 1 } } },
      ['a', 'b', 'handler'],
      (value: unknown) => (value as { b: { handler: unknown } }).b.handler,
    ],
    ['under the default export', { default: { handler } }, ['handler'], (value: unknown) => value],
    ['as the default export', { default: handler }, ['default'], (value: unknown) => value],
  ])('is the wrapped one, found %s', async (_, exported, names, find) => {
    const { kit, value, said } = attach(exported, ...names);
    expect(await kit.invoke(find(value) as Handler, events.restV1())).toMatchObject({ statusCode: 204 });
    expect(kit.requests.length).toBe(1);
    expect(said).toEqual([]);
  });

  test.each([[undefined], [17], ['text'], [{ handler: 1 }]])(
    'is what is there when that is no function: %j',
    (there) => {
      expect(attach({ handler: there }, 'handler').value).toBe(there);
    },
  );

  test('is nothing where nothing is', () => {
    expect(attach({}, 'a', 'handler').value).toBeUndefined();
    expect(attach(null, 'handler').value).toBeUndefined();
  });

  test('is a handler that the SDK is attached to already', () => {
    const kit = createTestTrailgate();
    const own = kit.trailgate.wrap(handler);
    expect(attach({ handler: own }, 'handler').value).toBe(own);
  });

  test('is a handler with a callback as it is, and a line says so', () => {
    const old = (_event: unknown, _context: unknown, callback: () => void) => callback();
    const { value, said } = attach({ handler: old }, 'handler');
    expect(value).toBe(old);
    expect(said.length).toBe(1);
  });
});
