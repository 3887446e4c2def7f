import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestTrailgate, events } from '../testing/index.ts';
import { withTrailgate } from './decorator.ts';

/** Decorators are no erasable syntax, so classes that bear them are compiled here, under both settings. */
const SOURCE = `
  export function define(decorate) {
    class Orders {
      name = 'orders';
      #table = 'private';
      @decorate
      async handler(event, context) {
        if (event.fail) throw new Error('broken');
        return { statusCode: 200, body: [this.name, this.#table, context.functionName].join() };
      }
    }
    return Orders;
  }
`;

const SETTINGS = [
  ['standard', false],
  ['legacy', true],
] as const;

type Orders = new () => {
  name: string;
  handler(event: unknown, context: unknown): Promise<{ body: string }>;
};

async function defined(experimentalDecorators: boolean, decorate: unknown): Promise<Orders> {
  const { code } = await transform(SOURCE, {
    loader: 'ts',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { experimentalDecorators } },
  });
  const { define } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return define(decorate) as Orders;
}

describe.each(SETTINGS)('as a %s decorator', (_, experimentalDecorators) => {
  test('attaches to the method, which keeps its this and its private fields', async () => {
    const kit = createTestTrailgate();
    const Orders = await defined(experimentalDecorators, withTrailgate(kit.trailgate));
    const orders = new Orders();
    const others = Object.assign(new Orders(), { name: 'others' });
    for (const one of [orders, others, orders]) {
      const answer = await kit.invoke(one.handler.bind(one), events.restV1(), { functionName: 'fn' });
      expect(answer.body).toBe(`${one.name},private,fn`);
    }
    expect(kit.requests.length).toBe(3);
    expect(Orders.prototype.handler.length).toBe(2);
    expect(Object.keys(Orders.prototype)).toEqual([]);
  });

  test('passes errors on and records them', async () => {
    const kit = createTestTrailgate();
    const Orders = await defined(experimentalDecorators, withTrailgate(kit.trailgate));
    const orders = new Orders();
    await expect(kit.invoke((e, c) => orders.handler(e, c), { fail: true })).rejects.toThrow('broken');
    expect(kit.requests).toMatchObject([{ kept: 'error', error: { message: 'broken' } }]);
  });
});

test('what is no method is refused while the class is defined', () => {
  const decorate = withTrailgate(createTestTrailgate().trailgate);
  expect(() => decorate({}, 'name', { value: 1 as never })).toThrow(TypeError);
});

describe('the types', () => {
  const root = new URL('../../..', import.meta.url).pathname;
  let folder = '';

  beforeAll(async () => {
    // Among the modules, so that the entry is found by its public name.
    const cache = join(root, 'node_modules/.cache');
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'decorator-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(
      join(folder, 'orders.ts'),
      `import { withTrailgate } from '@trailgate/sdk/decorator';
      declare const trailgate: Parameters<typeof withTrailgate>[0];
      export class Orders {
        @withTrailgate(trailgate)
        async handler(event: { id: string }, context: { functionName: string }): Promise<string> {
          return event.id + context.functionName;
        }
        // @ts-expect-error: Lambda refuses handlers that take a callback
        @withTrailgate(trailgate)
        async withCallback(_event: string, _context: object, callback: () => void): Promise<void> {
          callback();
        }
      }`,
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(SETTINGS)('fit %s decorators', async (_, experimentalDecorators) => {
    const config = join(folder, `tsconfig.${experimentalDecorators}.json`);
    const compilerOptions = { experimentalDecorators, typeRoots: [join(root, 'node_modules/@types')] };
    await writeFile(
      config,
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions,
        include: [],
        files: ['orders.ts'],
      }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', config]).catch(
      (error: { stdout: string }) => error,
    );
    // The program takes in the SDK's sources too; what is judged here is the class.
    expect(stdout.split('\n').filter((line) => line.includes('orders.ts'))).toEqual([]);
  });
});
