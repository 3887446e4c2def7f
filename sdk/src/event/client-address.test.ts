import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { events } from '../testing/index.ts';
import { isAddress } from './ip-address.ts';
import { readRequest } from './request.ts';

const { alb, authorizerRequest, functionUrl, httpV2, restV1 } = events;
const HEADER = 'x-client-address';
const CLIENT = '198.51.100.7';
const EDGE = '192.0.2.1';

const addressOf = (event: unknown, header?: string): string | undefined =>
  readRequest(event, undefined, false, header).ip;

/** A REST API's event with header lines as they came, in the two members that it has for them. */
function rest(...lines: readonly (readonly [string, string])[]): object {
  const all: Record<string, string[]> = {};
  for (const [name, value] of lines) all[name] = [...(all[name] ?? []), value];
  return restV1({ headers: Object.fromEntries(lines), multiValueHeaders: all });
}

describe('the address that a proxy of ours wrote is the caller’s', () => {
  test.each<[string, unknown]>([
    ['a REST API', rest([HEADER, CLIENT])],
    ['a REST API with the name in another case', rest(['X-Client-Address', CLIENT])],
    ['a REST API without lists of values', { ...rest([HEADER, CLIENT]), multiValueHeaders: null }],
    ['an HTTP API', httpV2({ headers: { [HEADER]: CLIENT } })],
    ['a function URL', functionUrl({ headers: { [HEADER]: CLIENT } })],
    ['a load balancer', alb({ headers: { [HEADER]: CLIENT } })],
    [
      'a load balancer with lists of values',
      { ...alb(), headers: undefined, multiValueHeaders: { [HEADER]: [CLIENT] } },
    ],
    ['an authorizer', authorizerRequest({ headers: { [HEADER]: CLIENT } })],
  ])('behind %s', (_, event) => {
    expect(addressOf(event, HEADER)).toBe(CLIENT);
    expect(addressOf(event)).not.toBe(CLIENT);
  });

  test('with IPv6 as it was written', () => {
    expect(addressOf(rest([HEADER, '2001:db8::7']), HEADER)).toBe('2001:db8::7');
  });

  test('however many headers stand before it', () => {
    const many = Array.from({ length: 5000 }, (_, n) => [`${n}`, 'x'] as const);
    expect(addressOf(rest(...many, [HEADER, CLIENT]), HEADER)).toBe(CLIENT);
  });
});

describe('the gateway’s own word stands where the header', () => {
  test.each<[string, unknown]>([
    ['is not there', rest()],
    ['came twice', rest([HEADER, CLIENT], [HEADER, '198.51.100.8'])],
    ['came twice with one value', rest([HEADER, CLIENT], [HEADER, CLIENT])],
    ['came in two cases', rest([HEADER, CLIENT], ['X-Client-Address', '198.51.100.8'])],
    ['came twice and was joined', httpV2({ headers: { [HEADER]: `${CLIENT},198.51.100.8` } })],
    ['is empty', rest([HEADER, ''])],
    ['is no address', rest([HEADER, 'unknown'])],
    ['has a port', rest([HEADER, `${CLIENT}:443`])],
    ['has spaces', rest([HEADER, ` ${CLIENT}`])],
    ['has a zone of one machine', rest([HEADER, 'fe80::1%eth0'])],
    ['is a list in a list', { ...rest([HEADER, '']), multiValueHeaders: { [HEADER]: [[CLIENT]] } }],
  ])('%s', (_, event) => {
    expect(addressOf(event, HEADER)).toBe(addressOf(event));
    expect(isAddress(addressOf(event, HEADER))).toBe(true);
  });
});

test('what is no call over HTTP has no header of a proxy', () => {
  expect(addressOf({ headers: { [HEADER]: CLIENT } }, HEADER)).toBeUndefined();
});

test('whatever the header holds, it is an address or the gateway’s', () => {
  const value = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc.constantFrom(undefined, null, `${CLIENT}, ${EDGE}`, '::ffff:198.51.100.7', '1.2.3', '0x7f.1', 'a%'),
    fc.jsonValue(),
  );
  const name = fc.constantFrom(HEADER, 'X-Client-Address', 'X-CLIENT-ADDRESS');
  const headers = fc.dictionary(name, value);
  const lists = fc.dictionary(name, fc.oneof(value, fc.array(value)));
  fc.assert(
    fc.property(headers, fc.option(lists), (some, all) => {
      const event = { ...restV1(), headers: some, multiValueHeaders: all };
      const ip = addressOf(event, HEADER);
      expect(ip === EDGE || (isAddress(ip) && JSON.stringify(event).includes(`"${ip}"`))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
