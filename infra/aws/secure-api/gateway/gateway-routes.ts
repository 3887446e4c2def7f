/** Adds an API's routes and nothing else: each checked against what it expects before its function is asked. */

import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { acceptFinding } from '../../accepted-finding.ts';
import type { JsonSchema } from '../json-schema.ts';
import { routeName, type SecureRoute } from '../route.ts';
import { asRestApi } from './rest-api.ts';

export interface GatewayRoutes {
  readonly methods: Readonly<Record<string, apigateway.Method>>;
  readonly models: Readonly<Record<string, apigateway.Model>>;
  readonly authorizer: apigateway.RequestAuthorizer | undefined;
}

/** Milliseconds after which the gateway stops waiting: what the functions' own timeouts end before. */
const INTEGRATION_TIMEOUT_MS = 29_000;

export function addRoutes(
  api: apigateway.RestApi,
  routes: readonly SecureRoute[],
  authorizerFunction: lambda.IFunction | undefined,
): GatewayRoutes {
  const authorizer = authorizerFunction && requestAuthorizer(api, authorizerFunction);
  const bodyValidator = validator(api, 'BodyAndParameters', true);
  const parameterValidator = validator(api, 'Parameters', false);
  const models: Record<string, apigateway.Model> = {};
  const methods: Record<string, apigateway.Method> = {};
  for (const route of routes) {
    const name = routeName(route);
    const model = route.body === undefined ? undefined : addModel(api, name, route.body);
    if (model !== undefined) models[name] = model;
    const method = api.root.resourceForPath(route.resource).addMethod(route.method, integration(route), {
      requestValidator: model === undefined ? parameterValidator : bodyValidator,
      requestParameters: parametersOf(route),
      // Under `$default` too: a body that calls itself something else would not be looked at.
      ...(model === undefined ? {} : { requestModels: { 'application/json': model, $default: model } }),
      apiKeyRequired: route.apiKey ?? false,
      ...(route.authorizer && authorizer !== undefined
        ? { authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM }
        : { authorizationType: apigateway.AuthorizationType.NONE }),
    });
    acceptFindings(method, route.authorizer);
    methods[name] = method;
  }
  return { methods, models, authorizer };
}

function requestAuthorizer(api: apigateway.RestApi, handler: lambda.IFunction): apigateway.RequestAuthorizer {
  return new apigateway.RequestAuthorizer(api, 'Authorizer', {
    handler,
    // A call without the header is refused without asking, and paying for, the function.
    identitySources: [apigateway.IdentitySource.header('Authorization')],
    // A policy allows one method and path: a kept one would refuse the caller's next route.
    resultsCacheTtl: Duration.seconds(0),
  });
}

function validator(
  api: apigateway.RestApi,
  id: string,
  validateRequestBody: boolean,
): apigateway.RequestValidator {
  return new apigateway.RequestValidator(api, id, {
    restApi: asRestApi(api),
    validateRequestBody,
    validateRequestParameters: true,
  });
}

function addModel(api: apigateway.RestApi, name: string, schema: JsonSchema): apigateway.Model {
  return api.addModel(`Body${name.replace(/[^A-Za-z0-9]/g, '')}`, {
    contentType: 'application/json',
    description: `Body of ${name}`,
    schema: schema as apigateway.JsonSchema,
  });
}

function integration({ handler }: SecureRoute): apigateway.LambdaIntegration {
  return new apigateway.LambdaIntegration(handler, {
    allowTestInvoke: false,
    timeout: Duration.millis(INTEGRATION_TIMEOUT_MS),
  });
}

function parametersOf({ resource, query = {} }: SecureRoute): Record<string, boolean> {
  const inPath = [...resource.matchAll(/\{(\w+)\}/g)].map(
    ([, name]) => [`method.request.path.${name}`, true] as const,
  );
  const inQuery = Object.entries(query).map(
    ([name, need]) => [`method.request.querystring.${name}`, need === 'required'] as const,
  );
  return Object.fromEntries([...inPath, ...inQuery]);
}

function acceptFindings(method: apigateway.Method, authorized: boolean): void {
  acceptFinding(method, {
    nag: ['AwsSolutions-COG4', ...(authorized ? [] : ['AwsSolutions-APIG4'])],
    ...(authorized ? {} : { checkov: ['CKV_AWS_59'], cfnNag: ['W59'] }),
    reason: authorized
      ? 'The authorizer is a function that verifies tokens of the API itself; there is no user pool.'
      : 'The route is open on purpose: it is where a caller gets a token, behind a rate rule of its own.',
  });
}
