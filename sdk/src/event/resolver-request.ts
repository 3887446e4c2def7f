/** Reads the events of functions that fill in a part of another service's answer: AppSync fields, S3 objects. */
import type { HeaderDraft } from '../correlation/correlation-headers.ts';
import { field, textField } from './field.ts';
import type { HeaderNames } from './header-names.ts';
import { takeHeaders } from './headers.ts';
import { cleanIdentity, MAX_NAME_CHARS, readAppSyncIdentity } from './identity.ts';
import type { Request } from './request.ts';

/** GraphQL names come from the schema. */
const MAX_GRAPHQL_NAME_CHARS = 120;
const MAX_IP_CHARS = 64;

/** An AppSync resolver's event, or the array of a batch, whose elements are all of one request; undefined for others. */
export function resolverRequest(event: unknown, names: HeaderNames): Request | undefined {
  const one: unknown = Array.isArray(event) ? event[0] : event;
  const info = field(one, 'info');
  const fieldName = textField(info, 'fieldName', MAX_GRAPHQL_NAME_CHARS);
  if (fieldName === undefined || typeof field(info, 'selectionSetGraphQL') !== 'string') return undefined;
  const identity = field(one, 'identity');
  const addresses = field(identity, 'sourceIp');
  const ip = Array.isArray(addresses) ? textField(addresses, '0', MAX_IP_CHARS) : undefined;
  const headers: HeaderDraft = {};
  takeHeaders(field(field(one, 'request'), 'headers'), names, headers);
  return {
    kind: 'other',
    source: 'aws:appsync',
    route: `${textField(info, 'parentTypeName', MAX_GRAPHQL_NAME_CHARS) ?? 'Query'}.${fieldName}`,
    identity: readAppSyncIdentity(identity),
    headers,
    ...(ip === undefined ? {} : { ip }),
  };
}

/** S3 Object Lambda: the headers are those of the client that asks for the object. */
export function objectLambdaRequest(event: unknown, names: HeaderNames): Request | undefined {
  const id = textField(event, 'xAmzRequestId', MAX_NAME_CHARS);
  const userRequest = field(event, 'userRequest');
  if (id === undefined || userRequest === undefined) return undefined;
  const headers: HeaderDraft = {};
  takeHeaders(field(userRequest, 'headers'), names, headers);
  headers['source-id'] = id;
  const user = field(event, 'userIdentity');
  return {
    kind: 'other',
    source: 'aws:s3-object-lambda',
    route: 'aws:s3-object-lambda',
    identity: cleanIdentity({ user: field(user, 'arn') ?? field(user, 'principalId') }),
    headers,
  };
}
