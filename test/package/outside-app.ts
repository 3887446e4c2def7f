/**
 * An app of somebody who has the published packages and nothing else: a stream, a domain and two functions of their own,
 * and an API that one of them answers.
 */

import { SecureApi, Trailgate } from '@trailgate/infra';
import { App, Stack } from 'aws-cdk-lib';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Domain } from 'aws-cdk-lib/aws-opensearchservice';

const app = new App();
const stack = new Stack(app, 'Theirs', { env: { account: '111122223333', region: 'eu-central-1' } });
const stream = new Stream(stack, 'TheirStream', { shardCount: 3 });
const domain = Domain.fromDomainAttributes(stack, 'TheirDomain', {
  domainArn: 'arn:aws:es:eu-central-1:111122223333:domain/theirs',
  domainEndpoint: 'https://search-theirs.eu-central-1.es.amazonaws.com',
});
const functions = ['Orders', 'Users'].map(
  (name) =>
    new LambdaFunction(stack, name, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('export const handler = async () => ({ statusCode: 200 });'),
    }),
);

const trail = new Trailgate(stack, 'Trail', {
  size: 'small',
  existingLogStream: stream,
  existingDomain: domain,
});
trail.watch(...functions);
for (const fn of functions) trail.grantLimits(fn);

const edge = new Stack(app, 'TheirEdge', { env: { account: '111122223333', region: 'eu-central-1' } });
for (const handler of functions.slice(0, 1)) {
  new SecureApi(edge, 'Api', {
    trail,
    routes: [{ method: 'GET', resource: '/orders', handler, authorizer: false }],
  });
}
app.synth();
