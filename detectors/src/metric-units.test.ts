import { StandardUnit } from '@aws-sdk/client-cloudwatch';
import { METRIC_UNITS } from '@trailgate/sdk/wire';
import { expect, test } from 'vitest';

test('the units of metrics are those that CloudWatch takes', () => {
  expect([...METRIC_UNITS].sort()).toEqual(Object.values(StandardUnit).sort());
});
