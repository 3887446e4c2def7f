/** The line that API Gateway writes for each request, in the names that the collector reads. */
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

/**
 * Nothing that a client wrote is among them but by a template: path and user agent stand in the logs of the firewall and
 * of CloudFront, and here a quotation mark in them could forge a field. Nor is the address that called, which behind
 * CloudFront is CloudFront's: counted as the client's it would get an edge location capped. The client's own stands in a
 * header, and no variable of access logs holds one; the functions and the firewall's log say it.
 */
export const ACCESS_LOG_FIELDS: Readonly<Record<string, string>> = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  httpMethod: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  stage: '$context.stage',
  domainName: '$context.domainName',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.integrationStatus',
  integrationLatency: '$context.integration.latency',
  integrationErrorMessage: '$context.integrationErrorMessage',
  errorMessage: '$context.error.message',
  errorResponseType: '$context.error.responseType',
  authorizerStatus: '$context.authorizer.status',
  authorizerError: '$context.authorizer.error',
  principalId: '$context.authorizer.principalId',
  tenantId: '$context.authorizer.tenant',
  wafResponseCode: '$context.wafResponseCode',
  tlsVersion: '$context.tlsVersion',
  edgeAddress: '$context.identity.sourceIp',
  xrayTraceId: '$context.xrayTraceId',
};

export function accessLogFormat(): apigateway.AccessLogFormat {
  return apigateway.AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS));
}
