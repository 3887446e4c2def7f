/** Alarms on what CloudWatch Logs could not bring to the log stream, and on records that never arrived. */
import { METRIC_NAMESPACE, METRICS } from '@trailgate/sdk/wire';
import { type AlarmKind, NOTHING_TO_COUNT } from '../alarm-kind.ts';

/**
 * Every subscription of the account and region, because a watched function may be in another stack, or be watched after
 * this alarm was made. So a subscription that is not ours rings it too.
 */
const OF_A_GROUP = ['DestinationType', 'FilterName', 'LogGroupName'];
const OF_THE_ACCOUNT = ['DestinationType', 'FilterName', 'PolicyLevel'];

function delivery(
  part: 'subscriptions' | 'account subscription',
  name: 'DeliveryErrors' | 'DeliveryThrottling',
): Pick<AlarmKind, 'part' | 'metric' | 'comparison' | 'threshold' | 'missing' | 'whyMissing'> {
  const dimensions = part === 'subscriptions' ? OF_A_GROUP : OF_THE_ACCOUNT;
  return {
    part,
    metric: { namespace: 'AWS/Logs', name, statistic: 'Sum', dimensions, anyValueOf: dimensions },
    comparison: '>',
    threshold: { value: 0 },
    missing: 'notBreaching',
    whyMissing: NOTHING_TO_COUNT,
  };
}

function kindsOf(part: 'subscriptions' | 'account subscription', id: string): readonly AlarmKind[] {
  return [
    {
      ...delivery(part, 'DeliveryErrors'),
      id: `${id}-errors`,
      period: 60,
      periods: [1, 5],
      means: 'CloudWatch Logs could not deliver log events to the destination of a subscription.',
      risk: 'After a refused right or a missing stream nothing is tried again, and up to ten minutes of lines are skipped.',
      first:
        'See on the dashboard which group it is. Check role, key and stream of its subscription, then export the gap from the log group, which still has it, and read it with `trailgate replay`.',
      losesData: true,
    },
    {
      ...delivery(part, 'DeliveryThrottling'),
      id: `${id}-throttled`,
      period: 300,
      periods: [2, 3],
      means: 'The destination of a subscription takes less than its log groups write.',
      risk: 'Lines are late; what cannot be delivered for 24 hours is lost.',
      first: 'Give the log stream more shards, or spread a hot log stream with distribution `Random`.',
      losesData: false,
    },
  ];
}

const MISSING: AlarmKind = {
  id: 'records-missing',
  part: 'services',
  metric: {
    namespace: METRIC_NAMESPACE,
    name: METRICS.missingRecords.name,
    statistic: 'Sum',
    dimensions: ['Service'],
    anyValueOf: ['Service'],
  },
  comparison: '>',
  threshold: { value: 0 },
  period: 300,
  // The value is published minutes after the minute that it is of: look back far enough to see it.
  periods: [1, 3],
  missing: 'notBreaching',
  whyMissing: 'no service said anything; silence has an alarm of its own',
  means:
    'An instance numbered records that no delivery brought. A finding in the trail index names service and numbers.',
  risk: 'Lost on the way from the function to the collector, trail events possibly among them.',
  first: 'Search the trail index for the finding, then replay that time from the function’s log group.',
  losesData: true,
};

export const DELIVERY_ALARMS: readonly AlarmKind[] = [
  ...kindsOf('subscriptions', 'delivery'),
  ...kindsOf('account subscription', 'account-delivery'),
  MISSING,
];
