import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readItem, UnreadableItemError, writeDetectorCap, writeOperator } from './cap-codec.ts';
import { type ClientCaps, clientPartition, type DetectorCap } from './cap-item.ts';

const CAP: DetectorCap = {
  rate: 0.5,
  burst: 2,
  cls: 'login',
  seq: 1_800_000_000_000_000,
  hold: 1,
  end: 2,
  why: 'credential-stuffing',
  ev: 'f1',
  strike: 2,
  mode: 'shadow',
};

function itemOf(caps: ClientCaps): Record<string, unknown> {
  const detectors = Object.entries(caps.detectors).map(([name, cap]) => [`k_${name}`, writeDetectorCap(cap)]);
  return {
    pk: { S: clientPartition(caps.tenant, caps.client) },
    sk: { S: 'CAP' },
    ver: { N: String(caps.ver) },
    chg: { N: '7' },
    ...Object.fromEntries(detectors),
    ...(caps.operator === undefined ? {} : { o: writeOperator(caps.operator) }),
  };
}

describe('an item of the limits table', () => {
  test('reads back as the caps that were written, whatever the names are', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, name, fc.array(name), (tenant, client, rules) => {
        const detectors = Object.fromEntries(rules.map((rule) => [rule, CAP]));
        const operator = { kind: 'set', rate: 3, end: 9, by: 'op', why: 'ticket' } as const;
        const caps: ClientCaps = { tenant, client, ver: 4, detectors, operator };
        const problems: Error[] = [];
        expect(readItem(itemOf(caps), (problem) => problems.push(problem))).toEqual({
          is: 'caps',
          caps,
          changed: 7,
        });
        expect(problems).toEqual([]);
      }),
    );
  });

  test('loses only the attribute that cannot be read, and says which', () => {
    const caps: ClientCaps = { tenant: 't', client: 'c', ver: 1, detectors: { good: CAP } };
    const broken = { k_bad: { M: { rate: { N: 'many' } } }, k_worse: { S: 'x' }, o: { M: {} } };
    const problems: string[] = [];
    const read = readItem({ ...itemOf(caps), ...broken }, (problem) => problems.push(problem.message));
    expect(read).toEqual({ is: 'caps', caps, changed: 7 });
    expect(problems).toEqual([
      "C#t#c: expected k_bad to be a detector's cap",
      "C#t#c: expected k_worse to be a detector's cap",
      "C#t#c: expected o to be an operator's cap",
    ]);
  });

  test('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('pk', 'sk', 'ver', 'chg', 'k_a', 'o', 'mode'), fc.jsonValue()),
        (item) => {
          const problems: Error[] = [];
          readItem(item, (problem) => problems.push(problem));
          for (const problem of problems) expect(problem).toBeInstanceOf(UnreadableItemError);
        },
      ),
    );
  });

  test('may be the mode of all limits', () => {
    const item = {
      pk: { S: 'CONF' },
      sk: { S: 'MODE' },
      mode: { S: 'shadow' },
      ver: { N: '2' },
      chg: { N: '5' },
    };
    expect(readItem(item, () => undefined)).toEqual({ is: 'mode', mode: 'shadow', ver: 2, changed: 5 });
    expect(readItem({ ...item, mode: { S: 'maybe' } }, () => undefined)).toEqual({ is: 'other' });
  });
});

test("no tenant's keys read as another's", () => {
  const name = fc.string({ unit: fc.constantFrom('a', '#', '%', '2', '3', '5'), maxLength: 8 });
  fc.assert(
    fc.property(name, name, name, name, (tenant, client, otherTenant, otherClient) => {
      fc.pre(tenant !== otherTenant);
      expect(clientPartition(tenant, client)).not.toBe(clientPartition(otherTenant, otherClient));
    }),
  );
});
