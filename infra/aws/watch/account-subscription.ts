/** Subscribes all log groups of an account and region, those to come among them, but for the pipeline's own. */
import { Lazy, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { described } from '../described.ts';
import { meets } from '../elsewhere.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { stableName } from './log-group-key.ts';
import type { LogWatcher } from './log-watcher.ts';
import { plainName } from './plain-name.ts';
import { permissionsOf } from './subscription-role.ts';
import { checkSubscription, type SubscriptionOptions } from './watch-options.ts';

export interface AccountSubscriptionProps extends SubscriptionOptions {
  /** Whose destination and role are used, and whose watched groups are left out. */
  readonly watcher: LogWatcher;
  /**
   * More names of log groups to leave out: exact, since CloudWatch Logs knows no beginnings here. Above all those of what
   * carries the lines (flow logs of its network, logs of the domain).
   * @default none
   */
  readonly excludedLogGroups?: readonly string[];
  /** Name of the policy. @default 'trailgate' */
  readonly policyName?: string;
}

const MAX_CRITERIA_BYTES = 25 * 1024; // UTF-8, CloudWatch Logs, PutAccountPolicy
const MAX_POLICY_NAME_LENGTH = 256;
/** The longest name that CloudFormation can give to a log group of a function: `/aws/lambda/` and 64 characters. */
const UNKNOWN_NAME_BYTES = 76;
const TYPE = 'SUBSCRIPTION_FILTER_POLICY';

/**
 * One policy an account and region. It leaves out every group of the app under the pipeline's own prefix, and every group
 * that is watched by name and that this stack can name: two deliveries of a line make one document, since its id comes from
 * the event's, but are paid for twice.
 */
export class AccountSubscription extends Construct {
  readonly policy: logs.CfnAccountPolicy;
  readonly #watcher: LogWatcher;
  readonly #excluded: readonly string[];

  /** @throws TrailgatePropsError naming the prop. */
  constructor(scope: Construct, id: string, props: AccountSubscriptionProps) {
    super(scope, id);
    const { watcher, excludedLogGroups = [], policyName = 'trailgate' } = props;
    this.#watcher = watcher;
    this.#excluded = checkNames(excludedLogGroups);
    const { filterPattern, distribution } = checkSubscription(props);
    const { destination } = watcher;
    this.policy = new logs.CfnAccountPolicy(this, 'Resource', {
      policyName: plainName('policyName', policyName, MAX_POLICY_NAME_LENGTH),
      policyType: TYPE,
      scope: 'ALL',
      policyDocument: Stack.of(this).toJsonString({
        DestinationArn: destination.arn,
        ...(destination.role === undefined ? {} : { RoleArn: destination.role.roleArn }),
        FilterPattern: filterPattern,
        Distribution: distribution,
      }),
      // Watched scopes name their groups only when the app is synthesised.
      selectionCriteria: Lazy.string({ produce: () => criteria(this.excludedLogGroups) }),
    });
    this.policy.node.addDependency(...permissionsOf(destination.role));
    this.node.addValidation({ validate: () => [...this.#tooMany(), ...this.#tooLong()] });
  }

  /** What the policy leaves out, as far as the app has been built. */
  get excludedLogGroups(): readonly string[] {
    const { watchedLogGroups, ownLogGroupPrefix } = this.#watcher;
    return [
      ...new Set([
        ...ownLogGroups(this.node.root, ownLogGroupPrefix),
        ...this.#excluded,
        ...watchedLogGroups,
      ]),
    ];
  }

  #tooMany(): string[] {
    const others = this.node.root.node
      .findAll()
      .filter((one) => one instanceof logs.CfnAccountPolicy)
      .filter((one) => one !== this.policy && one.policyType === TYPE && meets(one, this));
    if (others.length === 0) return [];
    const paths = others.map((one) => one.node.path).join(', ');
    return [
      new TrailgatePropsError(
        'accountSubscription',
        'the only one of its account and region',
        `also ${paths}`,
      ).message,
    ];
  }

  #tooLong(): string[] {
    const bytes = criteria(
      this.excludedLogGroups.map((name) =>
        Token.isUnresolved(name) ? 'x'.repeat(UNKNOWN_NAME_BYTES) : name,
      ),
    ).length;
    if (bytes <= MAX_CRITERIA_BYTES) return [];
    const expected = `names of at most ${MAX_CRITERIA_BYTES} bytes together, watched groups among them`;
    return [new TrailgatePropsError('excludedLogGroups', expected, `${bytes}`).message];
  }
}

/** The groups of the app that the collector would drop as its own. */
function ownLogGroups(app: IConstruct, prefix: string): string[] {
  return app.node
    .findAll()
    .filter((one) => one instanceof logs.CfnLogGroup)
    .map((group) => stableName(group.logGroupName ?? '', Stack.of(group)))
    .filter((name) => name.startsWith(prefix) && !name.includes('{'))
    .sort();
}

function criteria(names: readonly string[]): string {
  return `LogGroupName NOT IN [${names.map((name) => `"${name}"`).join(', ')}]`;
}

function checkNames(names: unknown): readonly string[] {
  if (!Array.isArray(names)) {
    throw new TrailgatePropsError('excludedLogGroups', 'a list of names', described(names));
  }
  for (const name of names as unknown[]) {
    if (typeof name === 'string' && (Token.isUnresolved(name) || /^[\w./#-]{1,512}$/.test(name))) continue;
    throw new TrailgatePropsError(
      'excludedLogGroups',
      'exact names of log groups, without *',
      described(name),
    );
  }
  return names as readonly string[];
}
