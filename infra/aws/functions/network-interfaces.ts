/** Lets Lambda attach a function to a VPC, and keeps the function's own code from using the same rights. */
import * as iam from 'aws-cdk-lib/aws-iam';

/** Lambda developer guide, "Required IAM permissions" of attaching a function to a VPC. */
const ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

export function allowNetworkInterfaces(role: iam.Role): void {
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ACTIONS, resources: ['*'] }));
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: ACTIONS,
      resources: ['*'],
      // The key is in requests that code of a function makes, and not in those of the Lambda service.
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  );
}
