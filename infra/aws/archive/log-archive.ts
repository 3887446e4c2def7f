/** The receiving side of many accounts: a destination in the log archive account that named accounts, or an organisation, write to. */
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { described } from '../described.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { type LogDestinationProps, logDestination } from './log-destination.ts';

export interface LogArchiveProps extends LogDestinationProps {
  /** Ids of the accounts that may send. @default none: `organizationId` */
  readonly accounts?: readonly string[];
  /**
   * Every account of this organisation may send; each then shows a role of its own (`existingDestination.organization`).
   * @default none: `accounts`
   */
  readonly organizationId?: string;
}

/** Put one into each region that accounts send from; the stream may stay in one. */
export class LogArchive extends Construct {
  readonly destination: logs.CfnDestination;
  /** What the sending side gives as `existingDestination.arn`. */
  readonly destinationArn: string;
  readonly role: iam.Role;

  /** @throws TrailgatePropsError naming the prop. */
  constructor(scope: Construct, id: string, props: LogArchiveProps) {
    super(scope, id);
    const made = logDestination(this, props, checkSenders(props));
    this.destination = made.destination;
    this.destinationArn = made.destinationArn;
    this.role = made.role;
  }
}

function checkSenders({ accounts = [], organizationId }: LogArchiveProps): {
  accounts: readonly string[];
  organizationId?: string;
} {
  if (!Array.isArray(accounts)) {
    throw new TrailgatePropsError('accounts', 'a list of account ids', described(accounts));
  }
  for (const account of accounts as readonly unknown[]) {
    if (typeof account === 'string' && /^\d{12}$/.test(account)) continue;
    throw new TrailgatePropsError('accounts', 'account ids of 12 digits', described(account));
  }
  if (accounts.length === 0 && organizationId === undefined) {
    throw new TrailgatePropsError('accounts', 'at least one account, or organizationId', 'neither');
  }
  if (organizationId === undefined) return { accounts };
  if (accounts.length > 0) {
    throw new TrailgatePropsError('organizationId', 'either it or accounts', 'both');
  }
  // AWS Organizations: "o-" and 10 to 32 lower-case letters or digits.
  if (typeof organizationId !== 'string' || !/^o-[a-z0-9]{10,32}$/.test(organizationId)) {
    throw new TrailgatePropsError(
      'organizationId',
      'o- and 10 to 32 letters or digits',
      described(organizationId),
    );
  }
  return { accounts, organizationId };
}
