import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { SecureApi } from './secure-api.ts';
import { checkApiKinds } from './secure-api-kinds.ts';
import type { SecureApiProps } from './secure-api-props.ts';

const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'us-gov-west-1' } });
const handler = lambda.Function.fromFunctionName(stack, 'Notes', 'notes');
const trail = { watch: () => undefined, grantLimits: () => undefined, trustClientAddress: () => undefined };
const route = { method: 'GET', resource: '/notes', handler, authorizer: false } as const;
const props: SecureApiProps = { trail, routes: [route] };

/** As JavaScript gives them, whose compiler checks nothing. */
const check = (more: object) => () => checkApiKinds({ ...props, ...more } as SecureApiProps);
const routeWith = (more: object) => ({ routes: [{ ...route, ...more }] });

test.each<[prop: string, more: object, expected: string]>([
  ['trail', { trail: undefined }, 'expected a Trailgate, got nothing'],
  ['rotues', { rotues: [] }, 'expected one of trail, routes'],
  ['routes', { routes: 'all' }, "expected a list of at least one route, got 'all'"],
  ['routes[0]', { routes: [null] }, 'expected an object, got null'],
  ['routes[0].handler', routeWith({ handler: undefined }), 'a construct with a functionArn, got nothing'],
  ['routes[0].authorizer', routeWith({ authorizer: undefined }), 'expected true or false, got nothing'],
  ['routes[0].query', routeWith({ query: { page: true } }), "expected 'required' or 'optional' by the names"],
  ['routes[0].path', routeWith({ path: '/' }), 'expected one of method, resource'],
  ['authorizer', { authorizer: 'arn:x' }, "expected a construct with a functionArn, got 'arn:x'"],
  ['edge.allowCountries', { edge: { allowCountries: 'DE' } }, "expected a list, got 'DE'"],
  ['firewall.denyAddresses', { firewall: { denyAddresses: '192.0.2.0/24' } }, 'expected a list'],
  ['originSecret.acceptPrevious', { originSecret: { acceptPrevious: 1 } }, 'expected true or false, got 1'],
  ['domain.certificate', { domain: { domainName: 'api.example.com' } }, 'with a certificateArn, got nothing'],
  ['usagePlans[0].clients', { usagePlans: [{ name: 'gold', throttle: {} }] }, 'expected a list, got nothing'],
  ['audit', { audit: 'none' }, "expected 'existing' or options, got 'none'"],
  ['audit.dataEventTables', { audit: { dataEventTables: ['orders'] } }, 'each a construct with a tableArn'],
])('%s: %#', (prop, more, expected) => {
  expect(check(more)).toThrow(expect.objectContaining({ code: 'TRAILGATE_PROPS', prop }));
  expect(check(more)).toThrow(expected);
});

test('what is right passes', () => {
  expect(check({ audit: 'existing', edge: {}, firewall: { bots: true } })).not.toThrow();
});

test('a region that CloudFront does not serve is refused', () => {
  expect(() => new SecureApi(stack, 'Api', props)).toThrow(
    "env.region: expected a region that CloudFront serves, got 'us-gov-west-1'",
  );
});
