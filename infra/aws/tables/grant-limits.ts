/** Lets a caller's function enforce caps, and tells it in which tables they are. */
import { Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type AnyFunction, functionOf } from '../declared-interface.ts';
import { described } from '../described.ts';
import { isElsewhere } from '../elsewhere.ts';
import { wholeFunction } from '../functions/whole-function.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { grantEnforcement, type LimitsTables } from './grant-tables.ts';

/** @throws TrailgatePropsError */
export function grantLimits(given: AnyFunction, tables: LimitsTables): void {
  if (!Construct.isConstruct(given) || !('functionArn' in given)) {
    throw new TrailgatePropsError('grantLimits', 'a function', described(given));
  }
  // What a version or an alias runs is told by its function.
  const fn = wholeFunction(functionOf(given));
  const prop = `grantLimits(${fn.node.path})`;
  if (fn.role === undefined) throw new TrailgatePropsError(prop, 'a function whose role is known', 'none');
  const { env } = tables.limits;
  const wrong = [Stack.of(fn), fn.env].find((place) => isElsewhere(place, env));
  if (wrong !== undefined) {
    const expected = `a function in account ${env.account} and region ${env.region}, where the tables are`;
    throw new TrailgatePropsError(prop, expected, `account ${wrong.account} and region ${wrong.region}`);
  }
  grantEnforcement(fn, tables);
  if (!takesEnvironment(fn)) return;
  fn.addEnvironment('LIMITS_TABLE', tables.limits.tableName);
  fn.addEnvironment('BUCKETS_TABLE', tables.buckets.tableName);
}

/** A singleton does, and is no `lambda.Function`. */
function takesEnvironment(fn: lambda.IFunction): fn is lambda.Function {
  return 'addEnvironment' in fn;
}
