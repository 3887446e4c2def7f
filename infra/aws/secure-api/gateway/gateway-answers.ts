/** What API Gateway itself answers: problem+json that tells a client what to change and nobody what stands behind. */
import * as apigateway from 'aws-cdk-lib/aws-apigateway';

interface GatewayAnswer {
  readonly type: apigateway.ResponseType;
  /** Undefined leaves API Gateway's. */
  readonly status: number | undefined;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const { ResponseType } = apigateway;
const REFUSED = 'You may not do this.';
const FAILED = 'Something went wrong on our side.';
const SLOW_DOWN = { 'Retry-After': '1' };

export const GATEWAY_ANSWERS: readonly GatewayAnswer[] = [
  answer(ResponseType.ACCESS_DENIED, 403, 'Forbidden', REFUSED),
  answer(ResponseType.API_CONFIGURATION_ERROR, 500, 'Internal Server Error', FAILED),
  answer(ResponseType.AUTHORIZER_CONFIGURATION_ERROR, 500, 'Internal Server Error', FAILED),
  answer(ResponseType.AUTHORIZER_FAILURE, 500, 'Internal Server Error', FAILED),
  answer(ResponseType.BAD_REQUEST_BODY, 400, 'Bad Request', 'The body is not as expected.'),
  answer(ResponseType.BAD_REQUEST_PARAMETERS, 400, 'Bad Request', 'The parameters are not as expected.'),
  answer(ResponseType.EXPIRED_TOKEN, 403, 'Forbidden', REFUSED),
  answer(ResponseType.INTEGRATION_FAILURE, 504, 'Gateway Timeout', FAILED),
  answer(ResponseType.INTEGRATION_TIMEOUT, 504, 'Gateway Timeout', FAILED),
  answer(ResponseType.INVALID_API_KEY, 403, 'Forbidden', REFUSED),
  answer(ResponseType.INVALID_SIGNATURE, 403, 'Forbidden', REFUSED),
  // What API Gateway says of a route that does not exist.
  answer(ResponseType.MISSING_AUTHENTICATION_TOKEN, 404, 'Not Found', 'There is nothing here.'),
  answer(ResponseType.QUOTA_EXCEEDED, 429, 'Too Many Requests', 'The quota is used up.', SLOW_DOWN),
  answer(ResponseType.REQUEST_TOO_LARGE, 413, 'Content Too Large', 'The request is too large.'),
  answer(ResponseType.RESOURCE_NOT_FOUND, 404, 'Not Found', 'There is nothing here.'),
  answer(ResponseType.THROTTLED, 429, 'Too Many Requests', 'There are too many requests.', SLOW_DOWN),
  answer(ResponseType.UNAUTHORIZED, 401, 'Unauthorized', 'A valid token is needed.', {
    'WWW-Authenticate': 'Bearer',
  }),
  answer(ResponseType.UNSUPPORTED_MEDIA_TYPE, 415, 'Unsupported Media Type', 'The body has to be JSON.'),
  answer(ResponseType.WAF_FILTERED, 403, 'Forbidden', REFUSED),
  answer(ResponseType.DEFAULT_4XX, undefined, 'Bad Request', 'The request was refused.'),
  answer(ResponseType.DEFAULT_5XX, undefined, 'Internal Server Error', FAILED),
];

/** No header of CORS is among them: a browser's page of another origin gets nothing. */
export function addGatewayAnswers(api: apigateway.RestApi): readonly apigateway.GatewayResponse[] {
  return GATEWAY_ANSWERS.map(({ type, status, title, detail, headers = {} }) =>
    api.addGatewayResponse(`Answer${type.responseType}`, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: quoted({
        'Content-Type': 'application/problem+json',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        ...headers,
      }),
      templates: { 'application/json': JSON.stringify({ type: 'about:blank', title, status, detail }) },
    }),
  );
}

function answer(
  type: apigateway.ResponseType,
  status: number | undefined,
  title: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): GatewayAnswer {
  return { type, status, title, detail, headers };
}

/** A literal in API Gateway's mapping language stands in single quotes. */
function quoted(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));
}
