import { Duration, Stack } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as logs from 'aws-cdk-lib/aws-logs';
import { describe, expect, test } from 'vitest';
import { LogWatcher, type LogWatcherProps, type WatchOptions } from './index.ts';
import { HOME, makeFunction, type Scene, scene } from './testing/scene.ts';

describe('watch refuses', () => {
  const refused = (
    name: string,
    expected: RegExp,
    act: (made: Scene) => void,
    props?: Partial<LogWatcherProps>,
  ) => test(name, () => expect(() => act(scene(props))).toThrow(expected));
  const group = (stack: Stack, props: logs.LogGroupProps = {}) => new logs.LogGroup(stack, 'Logs', props);
  const wrong = <T>(value: unknown): T => value as T;

  refused('nothing', /^watch: expected a function, a log group or a scope, got none/, ({ watcher }) =>
    watcher.watch(),
  );
  refused('what is no construct', /^watch: .*got 'orders'/, ({ watcher }) => watcher.watch(wrong('orders')));
  refused(
    'its own groups',
    /^watch\(Shop\/Logs\): expected no log group of the pipeline itself/,
    ({ watcher, shop }) => watcher.watch(group(shop, { logGroupName: '/trailgate/main/x' })),
  );
  refused(
    'a class without subscriptions',
    /^watch\(Shop\/Logs\): expected .* STANDARD.*INFREQUENT_ACCESS/,
    (made) => made.watcher.watch(group(made.shop, { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS })),
  );
  refused(
    'a function of another region',
    /^watch\(Far\/F.*\): .*RegionalDestination.*us-east-1/,
    ({ app, watcher }) =>
      watcher.watch(makeFunction(new Stack(app, 'Far', { env: { ...HOME, region: 'us-east-1' } }), 'F')),
  );
  refused(
    'a function of another account',
    /^watch\(Far\/F.*\): .*LogArchive.*222222222222/,
    ({ app, watcher }) =>
      watcher.watch(makeFunction(new Stack(app, 'Far', { env: { ...HOME, account: '222222222222' } }), 'F')),
  );
  refused(
    'a long pattern',
    /^filterPattern: expected at most 1024 characters, got 1025/,
    ({ watcher, shop }) => watcher.watch(group(shop), { filterPattern: 'x'.repeat(1025) }),
  );
  refused(
    'three regular expressions',
    /^filterPattern: expected at most 2 regular expressions, got 3/,
    (made) =>
      made.watcher.watch(group(made.shop), { filterPattern: '{ $.a = %x% || $.b = %y% || $.c = %z% }' }),
  );
  refused('a pattern that is no text', /^filterPattern: expected a text/, ({ watcher, shop }) =>
    watcher.watch(group(shop), wrong<WatchOptions>({ filterPattern: 7 })),
  );
  refused('another distribution', /^distribution: .*got 'Even'/, ({ watcher, app }) =>
    watcher.watch(app, wrong<WatchOptions>({ distribution: 'Even' })),
  );
  refused('a retention that is none', /^logRetention: /, ({ watcher, shop }) =>
    watcher.watch(group(shop), wrong<WatchOptions>({ logRetention: Duration.days(30) })),
  );
  refused(
    'a retention for a group it does not make',
    /^logRetention: expected no value/,
    ({ watcher, shop }) =>
      watcher.watch(group(shop), { existingLogGroup: true, logRetention: logs.RetentionDays.ONE_DAY }),
  );
  refused(
    'a flag that is none',
    /^existingLogGroup: expected true or false, got 'yes'/,
    ({ watcher, shop }) => watcher.watch(group(shop), wrong<WatchOptions>({ existingLogGroup: 'yes' })),
  );
  refused(
    'other options for the same group',
    /^watch\(.*\): expected the options it was first/,
    ({ watcher, shop }) => {
      const logGroup = group(shop);
      watcher.watch(logGroup);
      watcher.watch(logGroup, { distribution: 'Random' });
    },
  );
  refused(
    'a third filter',
    /watch\(shop-logs\): expected at most 2 .*got 3: Shop\/Logs\/trailgate-subscription, Shop\/F0, Shop\/F1/,
    (made) => {
      const logGroup = group(made.shop, { logGroupName: 'shop-logs' });
      for (const n of [0, 1]) {
        // One by the name as a text, one by reference.
        const logGroupName = n === 0 ? 'shop-logs' : logGroup.logGroupName;
        new logs.CfnSubscriptionFilter(made.shop, `F${n}`, {
          logGroupName,
          destinationArn: `arn:${n}`,
          filterPattern: '',
        });
      }
      made.watcher.watch(logGroup);
      made.app.synth();
    },
  );
  refused('a long name', /^name: expected 1 to 64 letters/, () => undefined, { name: 'x'.repeat(65) });
  refused('a prefix that is none', /^ownLogGroupPrefix: /, () => undefined, { ownLogGroupPrefix: '' });
  refused('a destination that is none', /^existingDestination.arn: .*got 'arn:aws:s3:::x'/, () => undefined, {
    existingDestination: { arn: 'arn:aws:s3:::x' },
  });
  test('both a stream and a destination, and neither', () => {
    const { pipeline } = scene();
    const stream = new kinesis.Stream(pipeline, 'Another');
    const existingDestination = { arn: 'arn:aws:logs:eu-central-1:222222222222:destination:archive' };
    expect(() => new LogWatcher(pipeline, 'W1', { stream, existingDestination })).toThrow(
      /^existingDestination: expected either it or stream, got both/,
    );
    expect(() => new LogWatcher(pipeline, 'W2', {})).toThrow(/^stream: .*got neither/);
  });
});
