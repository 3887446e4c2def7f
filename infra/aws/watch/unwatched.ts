/** Decides which functions a scope that is watched leaves out: those that were told to be, and those by which CDK works. */
import { Stack, Token } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
import type { IConstruct } from 'constructs';

/** By its registered name, so that two copies of this package agree. */
const IGNORED = Symbol.for('trailgate.unwatched');

/** A tag that says the same as `LogWatcher.ignore`, for those who tag: `Tags.of(scope).add('trailgate:watch', 'no')`. */
const WATCH_TAG = 'trailgate:watch';

/** Where every deployment of Trailgate keeps the groups of its own functions. */
export const OWN_GROUPS = '/trailgate/';

/** A scope that is watched leaves out this construct and all in it. */
export function ignore(construct: IConstruct): void {
  Object.defineProperty(construct, IGNORED, { value: true, configurable: true });
}

export function isIgnored(fn: lambda.CfnFunction): boolean {
  return fn.node.scopes.some((scope) => IGNORED in scope) || fn.tags.tagValues()[WATCH_TAG] === 'no';
}

/**
 * CDK puts what serves a whole stack under an id that ends in a UUID or begins with `Custom::`, and the functions of a
 * provider's framework under the provider.
 */
export function isHelper(fn: lambda.CfnFunction): boolean {
  return fn.node.scopes.some(
    (scope) =>
      scope instanceof Provider ||
      (Stack.isStack(scope.node.scope) && /^Custom::|[0-9a-f]{32}$/i.test(scope.node.id)),
  );
}

/** Two pipelines that watch each other's functions would keep each other writing. */
export function isPipelineGroup(name: string): boolean {
  return !Token.isUnresolved(name) && name.startsWith(OWN_GROUPS);
}
