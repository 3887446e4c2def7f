/** What a deployment asks of an AWS account before it changes anything. */
import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DeployError } from './deploy-error.ts';

/** Where the CDK's bootstrap says which version of it is there. */
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

export interface AwsAccount {
  /** Whose credentials these are. Throws DeployError where there are none that hold. */
  id(): Promise<string>;
  /** Undefined where the CDK has not been bootstrapped. */
  bootstrapVersion(region: string): Promise<number | undefined>;
  /** Names of the filters a log group has; undefined where there is no such group. */
  subscriptionFilters(region: string, logGroup: string): Promise<readonly string[] | undefined>;
}

/** Credentials and endpoints are those that the AWS SDK finds in its usual places. */
export function connectAwsAccount(region: string): AwsAccount {
  return {
    async id() {
      const sts = new STSClient({ region });
      try {
        const { Account } = await sts.send(new GetCallerIdentityCommand({}));
        if (Account !== undefined) return Account;
      } catch (error) {
        throw new DeployError(
          `credentials: expected some that AWS takes (AWS_PROFILE, or the variables of a session), got: ${messageOf(error)}`,
        );
      } finally {
        sts.destroy();
      }
      throw new DeployError('credentials: expected the number of an account, got none');
    },

    async bootstrapVersion(of) {
      const ssm = new SSMClient({ region: of });
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
        return Number(Parameter?.Value);
      } catch (error) {
        if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
        throw new DeployError(
          `bootstrap of ${of}: expected to read ${BOOTSTRAP_PARAMETER}, got: ${messageOf(error)}`,
        );
      } finally {
        ssm.destroy();
      }
    },

    async subscriptionFilters(of, logGroupName) {
      const logs = new CloudWatchLogsClient({ region: of });
      try {
        const { subscriptionFilters = [] } = await logs.send(
          new DescribeSubscriptionFiltersCommand({ logGroupName }),
        );
        return subscriptionFilters.flatMap(({ filterName }) => filterName ?? []);
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
        throw new DeployError(`filters of ${logGroupName}: expected to read them, got: ${messageOf(error)}`);
      } finally {
        logs.destroy();
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
