/** Lets a REST API of ours stand where the CDK asks for any. */
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** The CDK declares one member of its class looser than that of the interface which the class implements. */
export function asRestApi(api: apigateway.RestApi): apigateway.IRestApi {
  return api as apigateway.IRestApi;
}
