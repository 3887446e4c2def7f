/** Subscribes functions, log groups and whole scopes to the pipeline, and refuses what CloudWatch Logs would refuse or loop on. */
import { createHash } from 'node:crypto';
import { AspectPriority, Aspects, Stack, Stage, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { described } from '../described.ts';
import { isObject } from '../known-members.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { checkEnvironment, type Destination, type DestinationProps, destination } from './destination.ts';
import { declaredLogGroup, logGroupKey, stableName } from './log-group-key.ts';
import { plainName } from './plain-name.ts';
import { permissionsOf } from './subscription-role.ts';
import { crowdedGroups, isSubscribed } from './subscriptions.ts';
import { ignore, OWN_GROUPS } from './unwatched.ts';
import { WatchFunctions } from './watch-functions.ts';
import { checkSubscription, checkWatchOptions, type WatchOptions } from './watch-options.ts';
import {
  chosenLogGroup,
  functionLogGroup,
  lambdaLogGroup,
  readTarget,
  type WatchedGroup,
  type WatchTarget,
  watchedLogGroup,
} from './watch-target.ts';

export interface LogWatcherProps extends DestinationProps {
  /**
   * What the names of the pipeline's own log groups begin with: they are never watched.
   * @default '/trailgate/'
   */
  readonly ownLogGroupPrefix?: string;
  /** What the names of its filters begin with; two watchers of one group need two. @default 'trailgate' */
  readonly name?: string;
}

/** One log group that is watched. */
export interface Subscription {
  /** May be known at deployment only, and then in its own stack only. */
  readonly logGroupName: string;
  readonly filterName: string;
  readonly filter: logs.CfnSubscriptionFilter;
}

const MAX_NAME_LENGTH = 64;
/** A tag may say that a function is not to be watched. */
const AFTER_TAGS = AspectPriority.DEFAULT + 100;

/**
 * The role of CloudWatch Logs, and a subscription filter in the stack of each log group that is watched: stacks of
 * functions depend on this one and never the other way round.
 */
export class LogWatcher extends Construct {
  /** Leaves a function, or all in a scope, out of the scopes that are watched. */
  static ignore(construct: IConstruct): void {
    ignore(construct);
  }

  readonly destination: Destination;
  /** Undefined where a destination of another account admits this one by name. */
  readonly role: iam.IRole | undefined;
  readonly ownLogGroupPrefix: string;
  readonly #name: string;
  readonly #byGroup = new Map<string, Subscription>();

  /** @throws TrailgatePropsError naming the prop. */
  constructor(scope: Construct, id: string, props: LogWatcherProps) {
    super(scope, id);
    this.#name = plainName('name', props.name ?? 'trailgate', MAX_NAME_LENGTH);
    this.ownLogGroupPrefix = checkPrefix(props.ownLogGroupPrefix ?? OWN_GROUPS);
    this.destination = destination(this, props);
    this.role = this.destination.role;
    this.node.addValidation({ validate: () => crowdedGroups(this.node.root) });
  }

  /** All that is watched so far; what a scope adds is there when the app has been synthesised. */
  get subscriptions(): readonly Subscription[] {
    return [...this.#byGroup.values()];
  }

  /** Names of the watched groups that this stack can name: those it declares itself, and those whose name is a plain text. */
  get watchedLogGroups(): readonly string[] {
    return this.subscriptions
      .filter(
        ({ logGroupName, filter }) =>
          !Token.isUnresolved(logGroupName) || Stack.of(filter) === Stack.of(this),
      )
      .map(({ logGroupName }) => logGroupName);
  }

  /**
   * Watches each function's log group, each log group, and in a scope every function, those made later too. Watching one
   * again changes nothing.
   * @throws TrailgatePropsError naming the target or the option
   */
  watch(...targets: WatchTarget[]): void;
  watch(...targetsAndOptions: [...WatchTarget[], WatchOptions]): void;
  watch(...targetsAndOptions: readonly (WatchTarget | WatchOptions)[]): void {
    const last = targetsAndOptions.at(-1);
    const hasOptions = isObject(last) && !Construct.isConstruct(last);
    const options: WatchOptions = hasOptions ? last : {};
    const targets = hasOptions ? targetsAndOptions.slice(0, -1) : targetsAndOptions;
    checkWatchOptions(options);
    if (targets.length === 0) {
      throw new TrailgatePropsError('watch', 'a function, a log group or a scope', 'none');
    }
    for (const target of targets) this.#watchOne(target, options);
  }

  #watchOne(target: unknown, options: WatchOptions): void {
    const read = readTarget(target);
    this.#refuseOtherStage(target as IConstruct);
    switch (read.kind) {
      case 'function':
        checkEnvironment(read.fn, this.destination);
        this.#subscribe(functionLogGroup(read.fn, options), options);
        return;
      case 'group':
        checkEnvironment(read.group, this.destination);
        this.#subscribe(watchedLogGroup(read.group), options);
        return;
      case 'scope': {
        checkSubscription(options);
        const watcher = {
          place: this.destination,
          ownGroup: (fn: lambda.CfnFunction) => this.#chosenName(fn),
          subscribe: (fn: lambda.CfnFunction) => this.#subscribeUnlessSubscribed(fn, options),
        };
        Aspects.of(read.scope).add(new WatchFunctions(watcher, options.helperFunctions ?? false), {
          priority: AFTER_TAGS,
        });
      }
    }
  }

  #chosenName(fn: lambda.CfnFunction): string | undefined {
    const chosen = chosenLogGroup(fn);
    return chosen === undefined ? undefined : stableName(chosen, Stack.of(fn));
  }

  /** A group that was named to `watch`, or that somebody sends to the same place by a filter of their own, has its filter. */
  #subscribeUnlessSubscribed(fn: lambda.CfnFunction, options: WatchOptions): void {
    const stack = Stack.of(fn);
    const name = chosenLogGroup(fn) ?? lambdaLogGroup(fn);
    const key = logGroupKey(name, stack);
    if (this.#byGroup.has(key) || isSubscribed(this.node.root, key, this.destination.arn)) return;
    this.#subscribe(functionLogGroup(fn, options), options);
  }

  #subscribe({ home, logGroupName, after }: WatchedGroup, options: WatchOptions): void {
    const stack = Stack.of(home);
    const { filterPattern, distribution } = checkSubscription(options);
    const key = logGroupKey(logGroupName, stack);
    const name = stableName(logGroupName, stack);
    this.#refuseOwnGroup(name, home);
    refuseClass(declaredLogGroup(logGroupName, stack), home);
    const known = this.#byGroup.get(key);
    if (known !== undefined) {
      if (known.filter.filterPattern === filterPattern && known.filter.distribution === distribution) return;
      throw new TrailgatePropsError(`watch(${name})`, 'the options it was first watched with', 'others');
    }
    const filterName = `${this.#name}-${shortHash(`${this.#name} ${name}`)}`;
    const id = `${this.#name}-subscription`;
    if (home.node.tryFindChild(id) !== undefined) {
      throw new TrailgatePropsError(
        'name',
        'another for each watcher of the same log group',
        described(this.#name),
      );
    }
    const filter = new logs.CfnSubscriptionFilter(home as Construct, id, {
      logGroupName,
      filterName,
      filterPattern,
      distribution,
      destinationArn: this.destination.arn,
      ...(this.role === undefined ? {} : { roleArn: this.role.roleArn }),
    });
    // CloudWatch Logs tries the stream when the filter is made: the role must be able to by then.
    filter.node.addDependency(...permissionsOf(this.role), ...after);
    this.#byGroup.set(key, { logGroupName, filterName, filter });
  }

  /** CDK visits no stage from outside, and lets none refer to what is outside. */
  #refuseOtherStage(target: IConstruct): void {
    const [here, there] = [stageOf(this), stageOf(target)];
    if (here === there) return;
    throw new TrailgatePropsError(
      `watch(${target.node.path})`,
      `what is in ${stageText(here)}, as the pipeline is`,
      stageText(there),
    );
  }

  #refuseOwnGroup(name: string, home: IConstruct): void {
    if (!name.startsWith(this.ownLogGroupPrefix)) return;
    throw new TrailgatePropsError(
      `watch(${home.node.path})`,
      `no log group of the pipeline itself (${this.ownLogGroupPrefix}…): its lines would go round for ever`,
      described(name),
    );
  }
}

/** An app is a stage, too; one that is asked for itself is its own. */
function stageOf(construct: IConstruct): Stage | undefined {
  return Stage.isStage(construct) ? construct : Stage.of(construct);
}

function stageText(stage: Stage | undefined): string {
  return stage?.stageName ? `stage ${stage.stageName}` : 'no stage of the app';
}

function refuseClass(group: logs.CfnLogGroup | undefined, home: IConstruct): void {
  const kind = group?.logGroupClass;
  if (kind === undefined || kind === logs.LogGroupClass.STANDARD || Token.isUnresolved(kind)) return;
  throw new TrailgatePropsError(
    `watch(${home.node.path})`,
    'a log group of class STANDARD, the only one that CloudWatch Logs sends lines from',
    described(kind),
  );
}

function checkPrefix(prefix: unknown): string {
  if (typeof prefix === 'string' && /^[\w./#-]{1,512}$/.test(prefix)) return prefix;
  throw new TrailgatePropsError(
    'ownLogGroupPrefix',
    'what names of log groups begin with',
    described(prefix),
  );
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
