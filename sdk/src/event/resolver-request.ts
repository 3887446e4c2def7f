/** Reads the events of functions that fill in a part of another service's answer: AppSync fields, S3 objects. */
import { field, textField } from './field.ts';
import type { HeaderNames } from './header-names.ts';
import { takeHeaders } from './headers.ts';
import { cleanIdentity, readIdentity } from './identity.ts';
import type { Request } from './request-facts.ts';

/** GraphQL names come from the schema. */
const MAX_GRAPHQL_NAME_CHARS = 120;
const MAX_IP_CHARS = 64;
const OBJECT_LAMBDA = 'aws:s3-object-lambda';

/** An AppSync resolver's event, or the array of a batch, whose elements are all of one request; undefined for others. */
export function resolverRequest(event: unknown, names: HeaderNames): Request | undefined {
  const one: unknown = Array.isArray(event) ? event[0] : event;
  const info = field(one, 'info');
  const fieldName = textField(info, 'fieldName', MAX_GRAPHQL_NAME_CHARS);
  if (fieldName === undefined || typeof field(info, 'selectionSetGraphQL') !== 'string') return undefined;
  const caller = field(one, 'identity');
  const ip = textField(field(caller, 'sourceIp'), '0', MAX_IP_CHARS);
  return {
    kind: 'other',
    source: 'aws:appsync',
    route: `${textField(info, 'parentTypeName', MAX_GRAPHQL_NAME_CHARS) ?? 'Query'}.${fieldName}`,
    // Whatever of AppSync's authorisation modes was used.
    identity: readIdentity(field(caller, 'resolverContext') ?? caller, caller),
    headers: takeHeaders(field(field(one, 'request'), 'headers'), names),
    ...(ip === undefined ? {} : { ip }),
  };
}

/** S3 Object Lambda: the headers are those of the client that asks for the object. */
export function objectLambdaRequest(event: unknown, names: HeaderNames): Request | undefined {
  const id = textField(event, 'xAmzRequestId');
  const userRequest = field(event, 'userRequest');
  if (id === undefined || userRequest === undefined) return undefined;
  const user = field(event, 'userIdentity');
  return {
    kind: 'other',
    source: OBJECT_LAMBDA,
    route: OBJECT_LAMBDA,
    identity: cleanIdentity({ user: field(user, 'arn') ?? field(user, 'principalId') }),
    headers: { ...takeHeaders(field(userRequest, 'headers'), names), 'source-id': id },
  };
}
