import { describe, expect, test, vi } from 'vitest';
import { TrailgateConfigError } from '../../errors.ts';
import { instrumentFetch } from './instrument-fetch.ts';

const IDS = {
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  'x-correlation-id': 'c',
};
const trailgate = { outgoingHeaders: (): Record<string, string> => IDS, carrier: () => undefined };

/** Something that holds a fetch, as the global object does, and keeps the headers it was called with. */
function scope() {
  const calls: Record<string, string>[] = [];
  const own: typeof fetch = async (input, init) => {
    calls.push(Object.fromEntries(new Request(input, init).headers));
    return new Response('ok');
  };
  return { calls, own, holder: { fetch: own } };
}

describe('the global fetch', () => {
  test('sends the ids, and is put back by the function that comes back', async () => {
    const { calls, own, holder } = scope();
    const undo = instrumentFetch(trailgate, holder);
    await holder.fetch('https://a.test', { headers: { a: '1' } });
    await holder.fetch(new Request('https://a.test', { headers: { b: '2' } }));
    expect(calls).toEqual([
      { a: '1', ...IDS },
      { b: '2', ...IDS },
    ]);
    undo();
    expect(holder.fetch).toBe(own);
  });

  test('is the one that code finds under its name', async () => {
    const former = globalThis.fetch;
    const undo = instrumentFetch(trailgate);
    try {
      expect(globalThis.fetch).not.toBe(former);
      const text = await (await fetch('data:text/plain,hello')).text();
      expect(text).toBe('hello');
    } finally {
      undo();
    }
    expect(globalThis.fetch).toBe(former);
  });

  test('only passes on after undoing, when someone else came on top', async () => {
    const { calls, holder } = scope();
    const undo = instrumentFetch(trailgate, holder);
    const ours = holder.fetch;
    const later: typeof fetch = (input, init) => ours(input, init);
    holder.fetch = later;
    undo();
    expect(holder.fetch).toBe(later);
    await holder.fetch('https://a.test');
    expect(calls).toEqual([{}]);
  });

  test('leaves the platform and signed calls alone', async () => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:9001');
    const { calls, holder } = scope();
    const undo = instrumentFetch(trailgate, holder);
    vi.unstubAllEnvs();
    await holder.fetch('http://127.0.0.1:9001/2018-06-01/runtime/invocation/next');
    await holder.fetch(new URL('http://localhost:2000/GetSamplingRules'));
    await holder.fetch(new Request('http://169.254.169.254/latest/meta-data'));
    await holder.fetch('http://[fd00:ec2::254]/latest/meta-data');
    const authorization = 'AWS4-HMAC-SHA256 Credential=x';
    await holder.fetch('https://sqs.test', { headers: { authorization } });
    expect(calls).toEqual([{}, {}, {}, {}, { authorization }]);
    await holder.fetch('http://127.0.0.1:9002/');
    expect(calls.at(-1)).toEqual(IDS);
    undo();
  });

  test('does nothing where there is no fetch', () => {
    const holder = {} as { fetch: typeof fetch };
    instrumentFetch(trailgate, holder)();
    expect(holder).toEqual({});
  });

  test('names what is no Trailgate', () => {
    expect(() => instrumentFetch({} as typeof trailgate)).toThrow(TrailgateConfigError);
  });
});
