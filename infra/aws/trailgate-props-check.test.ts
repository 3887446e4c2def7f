import { App, Aws, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { describe, expect, test } from 'vitest';
import { SIZES } from './sizes/presets.ts';
import { Trailgate } from './trailgate.ts';
import type { TrailgateProps } from './trailgate-props.ts';

const ENV = { account: '111122223333', region: 'eu-central-1' };

/** As JavaScript sees them, whose compiler checks nothing. */
function made(props: unknown, env = ENV): Trailgate {
  return new Trailgate(new Stack(new App(), 'Test', { env }), 'Trail', props as TrailgateProps);
}

const dev = SIZES.dev;
const search = (of: object): object => ({ size: { ...dev, search: { ...dev.search, ...of } } });
const collector = (of: object): object => ({ size: { ...dev, collector: { ...dev.collector, ...of } } });

describe('what cannot be is refused by its name', () => {
  test.each<[prop: string, props: unknown, expected: string]>([
    ['props', null, 'expected an object, got null'],
    ['nam', { nam: 'x' }, 'expected one of name, size'],
    ['name', { name: Aws.STACK_NAME }, 'expected 3 to 32 characters'],
    ['size.logShards', { size: { ...dev, logShards: 0 } }, 'expected a whole number, 1 or more, got 0'],
    ['size.logShard', { size: { ...dev, logShard: 1 } }, 'expected one of name, logShards'],
    ['size.streamRetentionHours', { size: { ...dev, streamRetentionHours: 1 } }, '24 to 8760, got 1'],
    ['size.logRetentionDays', { size: { ...dev, logRetentionDays: 8 } }, 'expected one of 1, 3, 5'],
    ['size.network', { size: { ...dev, network: 'both' } }, "expected 'public' or 'private', got 'both'"],
    ['size.collector.memory', collector({ memory: 64 }), '128 to 10240, got 64'],
    ['size.collector.batchSize', collector({ batchSize: 20_000 }), '1 to 10000, got 20000'],
    ['size.collector.parallelizationFactor', collector({ parallelizationFactor: 11 }), '1 to 10, got 11'],
    ['size.search.zones', search({ zones: 4 }), 'expected 1, 2 or 3, got 4'],
    ['size.search.dataNodes', search({ zones: 3, dataNodes: 2 }), 'expected at least 3, one in each zone'],
    ['size.search.dataNodes', search({ zones: 2, dataNodes: 3 }), 'expected an even number in two zones'],
    ['size.search.masterNodes', search({ masterNodes: 2 }), 'expected 0, 3 or 5, got 2'],
    ['size.search.dataInstanceType', search({ dataInstanceType: 'm7g.large' }), 'such as m7g.large.search'],
    ['size.search.volumeGb', search({ volumeGb: 1 }), '10 to 24576, got 1'],
    ['size.search.indices', search({ indices: 'huge' }), 'expected one of single, standard, large'],
    [
      'domainProps.capacity.dataNodes',
      { domainProps: { capacity: { dataNodes: 1 } } },
      'expected at least 3, one in each zone, got 1',
    ],
    ['domainProps', { domainProps: { version: null } }, 'expected settings that the CDK takes'],
    ['logStreamProps.retentionPeriod', { logStreamProps: { retentionPeriod: 24 } }, 'expected a Duration'],
    ['logStreamProps.streamMode', { logStreamProps: { streamMode: 'X' } }, 'expected one of PROVISIONED'],
    ['keyProps', { keyProps: { alias: 'aws/mine' } }, 'Alias cannot start with alias/aws/'],
    [
      'limitsTableProps.partitionKey',
      { limitsTableProps: { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } } },
      'expected none',
    ],
    ['setup.days', { setup: { days: 1 } }, 'expected one of indexOptions'],
    ['setup.indexOptions.days', { setup: { indexOptions: { days: 1 } } }, 'expected one of preset'],
    [
      'setup.indexOptions.trailDays',
      { setup: { indexOptions: { trailDays: 0 } } },
      'expected a whole number',
    ],
    ['setup.revision', { setup: { revision: 5 } }, 'expected a text of at most 64 characters, got 5'],
    ['setup.missingPlugins', { setup: { missingPlugins: 'ignore' } }, "expected 'fail' or 'skip'"],
    ['setup.roleMappings.security', { setup: { roleMappings: { security: 'arn:x' } } }, 'a list of ARNs'],
    [
      'setup.roleMappings.security[0]',
      { setup: { roleMappings: { security: ['me'] } } },
      'the ARN of an IAM',
    ],
    [
      'setup.roleMappings.collector',
      { setup: { roleMappings: { collector: [] } } },
      'expected one of security, developer, dashboards',
    ],
    ['alarms.silent', { alarms: { silent: 5 } }, 'expected one of thresholds, without'],
    [
      'accountSubscription.pattern',
      { accountSubscription: { pattern: '' } },
      'expected one of filterPattern',
    ],
    ['notify[1]', { notify: ['a@example.com', 'a@example.com'] }, 'expected each address once'],
  ])('%s: %#', (prop, props, expected) => {
    const refused = expect.objectContaining({ code: 'TRAILGATE_PROPS', prop });
    expect(() => made(props)).toThrow(refused);
    expect(() => made(props)).toThrow(expected);
  });

  test('a resource of another region', () => {
    const stack = new Stack(new App(), 'Test', { env: ENV });
    const arn = 'arn:aws:kinesis:us-east-1:111122223333:stream/logs';
    const existingLogStream = kinesis.Stream.fromStreamArn(stack, 'Logs', arn);
    expect(() => new Trailgate(stack, 'Trail', { existingLogStream })).toThrow(
      'existingLogStream: expected a resource of region eu-central-1, as the stack, got us-east-1',
    );
  });

  test('a size of more zones than the region has', () => {
    const env = { ...ENV, region: 'us-west-1' };
    expect(() => made({ size: 'small' }, env)).toThrow(
      'size: expected one of at most 2 zones in us-west-1, got 3',
    );
    expect(made({ size: 'dev' }, env).size.name).toBe('dev');
  });

  test('a name that another deployment of the same account and region has', () => {
    const app = new App();
    const inStack = (id: string, region: string, name = 'shop'): Trailgate =>
      new Trailgate(new Stack(app, id, { env: { ...ENV, region } }), 'Trail', { size: 'dev', name });
    inStack('One', 'eu-central-1');
    expect(() => inStack('Two', 'eu-central-1')).toThrow(
      "name: expected another than that of One/Trail, got 'shop'",
    );
    expect(inStack('Three', 'eu-west-1').name).toBe('shop');
    expect(inStack('Four', 'eu-central-1', 'other').name).toBe('other');
  });

  test('stages whose places are not known may have deployments of one name, one in each', () => {
    const app = new App();
    const inStage = (id: string): Trailgate =>
      new Trailgate(new Stack(new Stage(app, id), 'Test'), 'Trail', { size: 'dev', name: 'shop' });
    expect([inStage('Dev').name, inStage('Prod').name]).toEqual(['shop', 'shop']);
  });
});

test('settings that the CDK takes pass as they are', () => {
  const trail = made({
    size: 'dev',
    logStreamProps: { retentionPeriod: Duration.days(2), shardCount: 3 },
    setup: { roleMappings: { security: ['arn:aws:iam::111122223333:role/team/Security'] } },
  });
  expect(trail.collector.pipelineFunction.reservedConcurrency).toBe(4);
});
