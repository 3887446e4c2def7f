/** The event of an AppSync resolver. */
import { type Overrides, withOverrides } from './overrides.ts';

export interface AppSyncEvent {
  arguments: Record<string, unknown>;
  identity: {
    sub: string;
    issuer: string;
    username: string;
    claims: Record<string, unknown>;
    sourceIp: string[];
    defaultAuthStrategy: string;
    groups: string[] | null;
  } | null;
  source: Record<string, unknown> | null;
  request: { headers: Record<string, string>; domainName: string | null };
  info: {
    selectionSetList: string[];
    selectionSetGraphQL: string;
    parentTypeName: string;
    fieldName: string;
    variables: Record<string, unknown>;
  };
  prev: { result: Record<string, unknown> } | null;
  stash: Record<string, unknown>;
}

/** `Query.order(id: 17)` by `ann`, signed in with a Cognito user pool. */
export function appSync(overrides?: Overrides<AppSyncEvent>): AppSyncEvent {
  return withOverrides<AppSyncEvent>(
    {
      arguments: { id: '17' },
      identity: {
        sub: '0d4b3c2a-1f6e-4a5b-8c7d-9e0f1a2b3c4d',
        issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab1Cd2Ef3',
        username: 'ann',
        claims: {
          sub: '0d4b3c2a-1f6e-4a5b-8c7d-9e0f1a2b3c4d',
          'cognito:username': 'ann',
          token_use: 'access',
        },
        sourceIp: ['192.0.2.1'],
        defaultAuthStrategy: 'ALLOW',
        groups: null,
      },
      source: null,
      request: {
        headers: {
          'user-agent': 'curl/8.5.0',
          'x-amzn-requestid': '5e1c9b57-3f4e-4b1c-9c53-8d2f6b7a0e11',
          'x-amzn-trace-id': 'Root=1-695ba7c0-3d4e5f60718293a4b5c6d7e8',
          'x-forwarded-for': '192.0.2.1',
        },
        domainName: null,
      },
      info: {
        selectionSetList: ['id', 'total'],
        selectionSetGraphQL: '{\n  id\n  total\n}',
        parentTypeName: 'Query',
        fieldName: 'order',
        variables: {},
      },
      prev: null,
      stash: {},
    },
    overrides,
  );
}
