/** Asks a service for a key once, and lets its connection go. */
import { type AwsDocument, type AwsJsonService, createAwsJsonClient } from '../limits/aws-json-client.ts';
import { type AwsAccess, readAccess } from './config.ts';
import { TrailKeyError } from './trail-key.ts';

/** A service that keeps keys, and the variable of its endpoint. */
export interface KeyService {
  readonly name: string;
  readonly target: string;
  readonly endpointVariable: string;
}

/** The environment is read when the key is wanted, as credentials may be renewed. @throws TrailKeyError, TrailgateConfigError */
export async function ask(
  { endpointVariable, ...service }: KeyService,
  access: AwsAccess,
  { operation, input }: { readonly operation: string; readonly input: AwsDocument },
): Promise<AwsDocument> {
  const spoken: AwsJsonService = {
    ...service,
    version: '1.1',
    // The answer is left out: it may hold the key.
    error: (code, message) => new TrailKeyError(code, message),
  };
  const client = createAwsJsonClient(spoken, readAccess(access, endpointVariable));
  try {
    return await client.send(operation, input);
  } finally {
    client.close();
  }
}
