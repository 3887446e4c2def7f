/** Finds the log group of what is to be watched, and declares it where Lambda would otherwise make it at the first call. */
import { Reference, RemovalPolicy, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';
import { described } from '../described.ts';
import { wholeFunction } from '../functions/whole-function.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { declaredLogGroup, givenName } from './log-group-key.ts';
import { DEFAULT_LOG_RETENTION, type WatchOptions } from './watch-options.ts';

/** A function, a log group, or a scope: every function in it, those made later too. */
export type WatchTarget = lambda.IFunction | logs.ILogGroup | IConstruct;

/** Where a subscription goes: the construct that it is made in decides its stack and its logical id. */
export interface WatchedGroup {
  readonly home: IConstruct;
  readonly logGroupName: string;
  /** What must be there before the subscription. */
  readonly after: readonly IConstruct[];
}

/** A target that is one group, or the scope to look through. */
export type ReadTarget =
  | { readonly kind: 'function'; readonly fn: lambda.CfnFunction | lambda.IFunction }
  | { readonly kind: 'group'; readonly group: logs.ILogGroup | logs.CfnLogGroup }
  | { readonly kind: 'scope'; readonly scope: IConstruct };

/** @throws TrailgatePropsError for what is none of the three. */
export function readTarget(target: unknown): ReadTarget {
  if (!Construct.isConstruct(target)) {
    throw new TrailgatePropsError('watch', 'a function, a log group or a scope', described(target));
  }
  if (target instanceof lambda.CfnFunction) return { kind: 'function', fn: target };
  if (target instanceof logs.CfnLogGroup) return { kind: 'group', group: target };
  if ('functionArn' in target && 'functionName' in target) {
    // A version or an alias writes into the group of its function.
    const fn = wholeFunction(target as unknown as lambda.IFunction);
    return { kind: 'function', fn: declaredFunction(fn) ?? fn };
  }
  if ('logGroupArn' in target && 'logGroupName' in target) {
    const group = target as unknown as logs.ILogGroup;
    const made = group.node.defaultChild;
    return { kind: 'group', group: made instanceof logs.CfnLogGroup ? made : group };
  }
  return { kind: 'scope', scope: target };
}

/** What the function's name refers to: not always its own child, as with a singleton. */
function declaredFunction(fn: lambda.IFunction): lambda.CfnFunction | undefined {
  const token = Tokenization.reverseString(fn.functionName).firstToken;
  return Reference.isReference(token) && token.target instanceof lambda.CfnFunction
    ? token.target
    : undefined;
}

/** The group of a log group. */
export function watchedLogGroup(group: logs.ILogGroup | logs.CfnLogGroup): WatchedGroup {
  if (!(group instanceof logs.CfnLogGroup)) {
    return { home: group, logGroupName: group.logGroupName, after: [] };
  }
  return { home: group.node.scope ?? group, logGroupName: group.ref, after: [] };
}

/** The group that Lambda writes the lines of a function into. */
export function functionLogGroup(
  fn: lambda.CfnFunction | lambda.IFunction,
  options: WatchOptions,
): WatchedGroup {
  if (!(fn instanceof lambda.CfnFunction)) {
    // Known by its name only: it runs already, and Lambda has made its group.
    return { home: fn, logGroupName: `/aws/lambda/${importedName(fn)}`, after: [] };
  }
  const home = fn.node.scope instanceof lambda.Function ? fn.node.scope : fn;
  const chosen = chosenLogGroup(fn);
  if (chosen !== undefined) return { home, logGroupName: chosen, after: [] };
  const stack = Stack.of(fn);
  const logGroupName = lambdaLogGroup(fn);
  const declared = declaredLogGroup(logGroupName, stack);
  if (declared !== undefined) return { home, logGroupName: declared.ref, after: [] };
  // The older way of CDK to set a retention makes the group by a function of its own.
  const retention = home.node.tryFindChild('LogRetention');
  if (retention !== undefined) return { home, logGroupName, after: [retention] };
  if (options.existingLogGroup === true) return { home, logGroupName, after: [] };
  return { home, logGroupName: declareLogGroup(home, fn, logGroupName, options).ref, after: [] };
}

/** What Lambda writes into where nothing else is said. */
export function lambdaLogGroup(fn: lambda.CfnFunction): string {
  return `/aws/lambda/${givenName(fn.functionName, Stack.of(fn)) ?? fn.ref}`;
}

/** The plain name at the end of an ARN whose other parts may be known at deployment only. */
function importedName(fn: lambda.IFunction): string {
  const arn: unknown = Stack.of(fn).resolve(fn.functionArn);
  return /:function:([\w-]+)"?\W*$/.exec(JSON.stringify(arn))?.[1] ?? fn.functionName;
}

/** The name that the function's own settings give, or undefined. */
export function chosenLogGroup(fn: lambda.CfnFunction): string | undefined {
  const config: unknown = Stack.of(fn).resolve(fn.loggingConfig);
  if (typeof config !== 'object' || config === null || !('logGroup' in config)) return undefined;
  const { loggingConfig } = fn;
  // Resolved, a reference has lost what it refers to.
  const unresolved =
    loggingConfig !== undefined && 'logGroup' in loggingConfig ? loggingConfig.logGroup : undefined;
  return unresolved ?? Token.asString(config.logGroup);
}

function declareLogGroup(
  home: IConstruct,
  fn: lambda.CfnFunction,
  logGroupName: string,
  options: WatchOptions,
): logs.CfnLogGroup {
  const { logRetention: days = DEFAULT_LOG_RETENTION, logGroupKey: key } = options;
  const group = new logs.CfnLogGroup(home as Construct, 'WatchedLogGroup', {
    logGroupName,
    ...(days === logs.RetentionDays.INFINITE ? {} : { retentionInDays: days }),
    ...(key === undefined ? {} : { kmsKeyId: key.keyArn }),
  });
  if (key === undefined) {
    acceptFinding(group, {
      reason:
        'CloudWatch Logs encrypts it with a key of its own. Another key has to admit CloudWatch Logs for this group in its policy, which only its owner can see to: logGroupKey names it.',
      checkov: ['CKV_AWS_158'],
      cfnNag: ['W84'],
    });
  }
  // To stop watching a function is not to throw its lines away.
  group.applyRemovalPolicy(RemovalPolicy.RETAIN);
  // With a name that is known beforehand the group is there before the function's first line can be.
  if (!Token.isUnresolved(logGroupName)) fn.addResourceDependency(group);
  return group;
}
