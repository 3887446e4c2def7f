/** Tells what stands behind CloudFront who really called, in a header that no client can write. */
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** Holds exactly one address. To be believed only where the origin secret has been checked. */
export const CLIENT_ADDRESS_HEADER = 'x-client-address';

/** Over whatever the client sent under the name; `X-Forwarded-For` would begin with what the client wrote. */
export const CLIENT_ADDRESS_CODE = `function handler(event) {
  var request = event.request;
  request.headers['${CLIENT_ADDRESS_HEADER}'] = { value: event.viewer.ip };
  return request;
}
`;

export function clientAddressFunction(scope: Construct, id: string): cloudfront.Function {
  return new cloudfront.Function(scope, id, {
    code: cloudfront.FunctionCode.fromInline(CLIENT_ADDRESS_CODE),
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    comment: 'Writes the address of the client for the firewall and the functions',
  });
}
