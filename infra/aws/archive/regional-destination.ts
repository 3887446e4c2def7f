/** The receiving side of another region of the same account: log groups there are sent home through it. */
import { Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { TrailgatePropsError } from '../props-error.ts';
import { type LogDestinationProps, logDestination } from './log-destination.ts';

/** Put it into a stack of the region whose log groups are watched; `stream` is the one at home, by its ARN. */
export class RegionalDestination extends Construct {
  readonly destination: logs.CfnDestination;
  /** What a `LogWatcher` of this region takes as `existingDestination.arn`. */
  readonly destinationArn: string;
  readonly role: iam.Role;

  /** @throws TrailgatePropsError naming the prop. */
  constructor(scope: Construct, id: string, props: LogDestinationProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    if (!Token.isUnresolved(region) && props.stream.env.region === region) {
      throw new TrailgatePropsError(
        'stream',
        `a stream of a region other than ${region}: here a LogWatcher needs no destination`,
        region,
      );
    }
    const made = logDestination(this, props, { accounts: [account] });
    this.destination = made.destination;
    this.destinationArn = made.destinationArn;
    this.role = made.role;
  }
}
