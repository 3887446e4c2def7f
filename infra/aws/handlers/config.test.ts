import { describe, expect, test } from 'vitest';
import {
  collectorConfig,
  detectorConfig,
  type Environment,
  retentionConfig,
  tickerConfig,
} from './config.ts';

const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_LAMBDA_FUNCTION_NAME: 'trail-collector',
  INDEX_URL: 'https://search.example',
  INDEX_SERVICE: 'aoss',
  SIGNALS_STREAM: 'signals',
  QUARANTINE_BUCKET: 'kept',
  QUARANTINE_KEY_ARN: 'arn:aws:kms:eu-central-1:123456789012:key/k',
  OWN_LOG_GROUPS: '/trailgate/trail/*, /aws/lambda/other,',
  SNAPSHOTS_BUCKET: 'states',
  LIMITS_TABLE: 'limits',
  BUCKETS_TABLE: 'buckets',
  FINDINGS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:findings',
  TICKS_PER_MINUTE: '6',
  BUSINESS_DAYS: '14',
  TRAIL_DAYS: '180',
  CLIENT_ADDRESS_HEADERS: 'shop=x-client-address, other=X-Real',
};
const READERS: Readonly<Record<string, (env: Environment) => unknown>> = {
  collectorConfig,
  detectorConfig,
  tickerConfig,
  retentionConfig,
};

test('each function reads what it is told', () => {
  const place = { region: 'eu-central-1', functionName: 'trail-collector' };
  const index = { url: 'https://search.example', service: 'aoss' };
  expect(collectorConfig(ENVIRONMENT)).toEqual({
    ...place,
    index,
    signalsStream: 'signals',
    quarantine: { bucket: 'kept', kmsKeyId: ENVIRONMENT.QUARANTINE_KEY_ARN },
    ownLogGroups: ['/trailgate/trail/*', '/aws/lambda/other'],
    clientAddressHeaders: { shop: 'x-client-address', other: 'X-Real' },
    indexPeriod: 'day',
  });
  expect(detectorConfig(ENVIRONMENT)).toEqual({
    ...place,
    index,
    snapshotsBucket: 'states',
    tables: { limits: 'limits', buckets: 'buckets' },
    findingsTopicArn: ENVIRONMENT.FINDINGS_TOPIC_ARN,
    indexPeriod: 'day',
  });
  expect(tickerConfig(ENVIRONMENT)).toEqual({ signalsStream: 'signals', ticksPerMinute: 6 });
  expect(retentionConfig(ENVIRONMENT)).toEqual({
    region: 'eu-central-1',
    index,
    days: { business: 14, trail: 180 },
  });
});

test('indices are of days unless it is said that they are of months', () => {
  for (const read of [collectorConfig, detectorConfig]) {
    expect(read({ ...ENVIRONMENT, INDEX_PERIOD: '' }).indexPeriod).toBe('day');
    expect(read({ ...ENVIRONMENT, INDEX_PERIOD: 'day' }).indexPeriod).toBe('day');
    expect(read({ ...ENVIRONMENT, INDEX_PERIOD: 'month' }).indexPeriod).toBe('month');
    expect(() => read({ ...ENVIRONMENT, INDEX_PERIOD: 'week' })).toThrow(
      'INDEX_PERIOD: expected day, month or nothing, got "week"',
    );
  }
});

describe('a variable', () => {
  const needed = {
    collectorConfig: Object.keys(ENVIRONMENT).slice(0, 8),
    detectorConfig: [...Object.keys(ENVIRONMENT).slice(0, 4), ...Object.keys(ENVIRONMENT).slice(8, 12)],
    tickerConfig: ['SIGNALS_STREAM', 'TICKS_PER_MINUTE'],
    retentionConfig: ['AWS_REGION', 'INDEX_URL', 'INDEX_SERVICE', 'BUSINESS_DAYS', 'TRAIL_DAYS'],
  };
  const cases = Object.entries(needed).flatMap(([reader, names]) => names.map((name) => [reader, name]));
  test.each(cases)('that %s lacks is named: %s', (reader, name) => {
    for (const value of [undefined, '']) {
      expect(() => READERS[reader ?? '']?.({ ...ENVIRONMENT, [name ?? '']: value })).toThrow(
        expect.objectContaining({
          code: 'HANDLER_CONFIG',
          message: `environment variable ${name}: expected a value, got nothing`,
        }),
      );
    }
  });

  test.each([
    ['INDEX_SERVICE', 'opensearch', 'es or aoss'],
    ['CLIENT_ADDRESS_HEADERS', 'shop', 'WEB_ACL=HEADER'],
    ['CLIENT_ADDRESS_HEADERS', 'shop=two words', 'WEB_ACL=HEADER'],
    ['TICKS_PER_MINUTE', '0', 'a whole number from 1 to 60'],
    ['TICKS_PER_MINUTE', '2.5', 'a whole number from 1 to 60'],
    ['TICKS_PER_MINUTE', 'six', 'a whole number from 1 to 60'],
  ])('%s that is %s is refused with what is expected', (name, value, expected) => {
    const read = name === 'TICKS_PER_MINUTE' ? tickerConfig : collectorConfig;
    expect(() => read({ ...ENVIRONMENT, [name]: value })).toThrow(`${name}: expected ${expected}`);
  });
});
