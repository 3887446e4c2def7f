/** Where the lines of watched groups go: a stream beside them, or the log destination of another account or region. */
import { Arn, ArnFormat, Resource, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { described } from '../described.ts';
import { isElsewhere } from '../elsewhere.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { senderRole, streamRole } from './subscription-role.ts';

/** A destination that `LogArchive` or `RegionalDestination` made, as the sending side knows it. */
export interface ExistingDestination {
  /** `arn:aws:logs:REGION:ACCOUNT:destination:NAME`, in the region of the watched groups. */
  readonly arn: string;
  /** True where it admits an organisation instead of accounts: CloudWatch Logs then wants a role of the sender. @default false */
  readonly organization?: boolean;
}

export interface DestinationProps {
  /** The stream that collectors read. @default none: `existingDestination` */
  readonly stream?: kinesis.IStream;
  /** Key of the stream. @default the key that the stream knows, if any */
  readonly key?: kms.IKey;
  /** A destination of another account or region. @default none: `stream` */
  readonly existingDestination?: ExistingDestination;
  /** What CloudWatch Logs writes into the stream as. @default a role that may put records into this stream and no more */
  readonly role?: iam.IRole;
}

export interface Destination {
  readonly arn: string;
  /** Absent where the destination admits the account by name. */
  readonly role: iam.IRole | undefined;
  /** Where watched groups must be. The account is undefined where it does not matter. */
  readonly region: string;
  readonly account: string | undefined;
}

/** @throws TrailgatePropsError naming the prop. */
export function destination(scope: Construct, props: DestinationProps): Destination {
  const { stream, existingDestination, key, role } = props;
  if (stream !== undefined && existingDestination !== undefined) {
    throw new TrailgatePropsError('existingDestination', 'either it or stream', 'both');
  }
  if (existingDestination !== undefined) return existing(scope, existingDestination, props);
  if (stream === undefined)
    throw new TrailgatePropsError('stream', 'a stream or existingDestination', 'neither');
  const made = role ?? streamRole(scope, stream, key ?? stream.encryptionKey);
  return { arn: stream.streamArn, role: made, region: stream.env.region, account: stream.env.account };
}

/**
 * What was imported stands where its ARN says, and its filter in the stack that it was imported into.
 * @throws TrailgatePropsError for a construct that CloudWatch Logs could not send from.
 */
export function checkEnvironment(home: IConstruct, destination: Destination): void {
  const { account, region } = destination;
  const stack = Stack.of(home);
  const places = Resource.isResource(home) ? [stack, (home as Resource).env] : [stack];
  const wrong = places.find((place) => isElsewhere(place, destination));
  if (wrong === undefined) return;
  throw new TrailgatePropsError(
    `watch(${home.node.path})`,
    `a log group in account ${account ?? stack.account} and region ${region}, where its lines go (elsewhere: LogArchive for other accounts, RegionalDestination for other regions, and existingDestination on the sending side)`,
    `account ${wrong.account} and region ${wrong.region}`,
  );
}

function existing(
  scope: Construct,
  { arn, organization = false }: ExistingDestination,
  { key, role }: Pick<DestinationProps, 'key' | 'role'>,
): Destination {
  if (key !== undefined) throw new TrailgatePropsError('key', 'no value beside existingDestination', 'a key');
  if (role !== undefined && !organization) {
    throw new TrailgatePropsError(
      'role',
      'no value beside a destination that admits accounts by name',
      'a role',
    );
  }
  return {
    arn,
    role: organization ? (role ?? senderRole(scope)) : undefined,
    region: regionOf(arn, Stack.of(scope)),
    account: undefined,
  };
}

function regionOf(arn: unknown, stack: Stack): string {
  const prop = 'existingDestination.arn';
  const expected = 'arn:PARTITION:logs:REGION:ACCOUNT:destination:NAME';
  if (typeof arn !== 'string') throw new TrailgatePropsError(prop, expected, described(arn));
  if (Token.isUnresolved(arn)) return stack.region;
  if (!/^arn:[\w-]+:logs:[\w-]+:\d{12}:destination:[^:*]+$/.test(arn)) {
    throw new TrailgatePropsError(prop, expected, described(arn));
  }
  return Arn.split(arn, ArnFormat.COLON_RESOURCE_NAME).region ?? stack.region;
}
