/** Finds what the app already subscribes a log group to, so that a third filter is refused before CloudFormation refuses it. */
import { Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { TrailgatePropsError } from '../props-error.ts';
import { logGroupKey, stableName } from './log-group-key.ts';

/** Filters that a log group may have; not adjustable. CloudWatch Logs quotas. */
export const MAX_FILTERS = 2;

export interface FoundFilter {
  readonly filter: logs.CfnSubscriptionFilter;
  readonly key: string;
}

/** All subscription filters of the app, ours among them. */
export function filtersOf(app: IConstruct): FoundFilter[] {
  return app.node
    .findAll()
    .filter((one) => one instanceof logs.CfnSubscriptionFilter)
    .map((filter) => ({ filter, key: logGroupKey(filter.logGroupName, Stack.of(filter)) }));
}

/** Whether the app already sends the group there, by whatever construct. */
export function isSubscribed(app: IConstruct, key: string, destinationArn: string): boolean {
  return filtersOf(app).some(
    (found) =>
      found.key === key &&
      (found.filter.destinationArn === destinationArn ||
        sameText(found.filter.destinationArn, destinationArn, Stack.of(found.filter))),
  );
}

/** A sentence for each group that has more filters than it may. */
export function crowdedGroups(app: IConstruct): string[] {
  const byGroup = Map.groupBy(filtersOf(app), ({ key }) => key);
  return [...byGroup.values()]
    .filter((found) => found.length > MAX_FILTERS)
    .map((found) => {
      const [first] = found;
      const group = first === undefined ? '' : stableName(first.filter.logGroupName, Stack.of(first.filter));
      const paths = found.map(({ filter }) => filter.node.path).join(', ');
      return new TrailgatePropsError(
        `watch(${group})`,
        `at most ${MAX_FILTERS} subscription filters of a log group (LogWatcher.ignore leaves a function out of a watched scope)`,
        `${found.length}: ${paths}`,
      ).message;
    });
}

function sameText(one: string, other: string, stack: Stack): boolean {
  if (!Token.isUnresolved(one) && !Token.isUnresolved(other)) return one === other;
  return stableName(one, stack) === stableName(other, stack);
}
