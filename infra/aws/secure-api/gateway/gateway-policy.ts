/** Who may call the API at all, before any authorizer: anybody over TLS, and only the routes of its one stage. */
import * as iam from 'aws-cdk-lib/aws-iam';

export function gatewayPolicy(stageName: string): iam.PolicyDocument {
  const resources = [`execute-api:/${stageName}/*`];
  const principals = [new iam.AnyPrincipal()];
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({ principals, actions: ['execute-api:Invoke'], resources }),
      new iam.PolicyStatement({
        effect: iam.Effect.DENY,
        principals,
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ],
  });
}
