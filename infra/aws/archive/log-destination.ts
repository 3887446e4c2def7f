/** Makes a destination of CloudWatch Logs: the door through which other accounts and regions write into a stream. */
import { ArnFormat, Names, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kinesis from 'aws-cdk-lib/aws-kinesis';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { TrailgatePropsError } from '../props-error.ts';
import { plainName } from '../watch/plain-name.ts';
import { permissionsOf, type Senders, streamRole } from '../watch/subscription-role.ts';

export interface LogDestinationProps {
  /** The stream that collectors read; it may be in another region of the same account. */
  readonly stream: kinesis.IStream;
  /** Key of the stream. @default the key that the stream knows, if any */
  readonly key?: kms.IKey;
  /** Its name, by which senders know it. @default made from the construct's path */
  readonly destinationName?: string;
}

export interface MadeDestination {
  readonly destination: logs.CfnDestination;
  readonly destinationArn: string;
  readonly role: iam.Role;
}

const MAX_NAME_LENGTH = 512; // CloudWatch Logs, PutDestination

/** @throws TrailgatePropsError naming the prop. */
export function logDestination(
  scope: Construct,
  props: LogDestinationProps,
  senders: Senders,
): MadeDestination {
  const stack = Stack.of(scope);
  const { stream, key } = props;
  checkAccount(stream, stack);
  const destinationName = plainName(
    'destinationName',
    props.destinationName ?? Names.uniqueResourceName(scope, { maxLength: MAX_NAME_LENGTH }),
    MAX_NAME_LENGTH,
  );
  const role = streamRole(scope, stream, key ?? stream.encryptionKey, {
    ...senders,
    accounts: [...new Set([stack.account, ...senders.accounts])],
  });
  const destinationArn = stack.formatArn({
    service: 'logs',
    resource: 'destination',
    resourceName: destinationName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const destination = new logs.CfnDestination(scope, 'Resource', {
    destinationName,
    targetArn: stream.streamArn,
    roleArn: role.roleArn,
    destinationPolicy: stack.toJsonString(accessPolicy(destinationArn, senders)),
  });
  // CloudWatch Logs sends a test record when the destination is made.
  destination.node.addDependency(...permissionsOf(role));
  return { destination, destinationArn, role };
}

/** Who may subscribe log groups, or a whole account, to the destination. */
function accessPolicy(destinationArn: string, { accounts, organizationId }: Senders): object {
  const may = {
    Effect: 'Allow',
    Action: ['logs:PutSubscriptionFilter', 'logs:PutAccountPolicy'],
    Resource: destinationArn,
  };
  const statements = [
    ...(accounts.length === 0 ? [] : [{ Sid: 'Accounts', Principal: { AWS: accounts }, ...may }]),
    ...(organizationId === undefined
      ? []
      : [
          {
            Sid: 'Organization',
            Principal: '*',
            ...may,
            Condition: { StringEquals: { 'aws:PrincipalOrgID': [organizationId] } },
          },
        ]),
  ];
  return { Version: '2012-10-17', Statement: statements };
}

function checkAccount(stream: kinesis.IStream, stack: Stack): void {
  const { account } = stream.env;
  if (Token.isUnresolved(account) || Token.isUnresolved(stack.account) || account === stack.account) return;
  throw new TrailgatePropsError(
    'stream',
    `a stream of account ${stack.account}, as a destination needs`,
    account,
  );
}
