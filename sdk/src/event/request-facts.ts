/** What an event asks for and of whom it comes, whatever its shape. */
import type { CorrelationHeaders } from '../correlation/correlation-headers.ts';
import type { Identity } from './identity.ts';

export interface Request {
  /**
   * How it is answered: `rest` (API Gateway REST and WebSocket, load balancers, VPC Lattice) and `http` (HTTP
   * APIs, function URLs) to a client, `authorizer` with a policy, `other` to the platform. A result without a
   * status fails a `rest` request and is the body of an `http` one.
   */
  readonly kind: 'rest' | 'http' | 'authorizer' | 'other';
  /** Where the event comes from: `aws:sqs`, `aws:apigateway:rest`, `direct`, or an EventBridge event's own source. */
  readonly source?: string;
  /** `METHOD /template`, `Type.field` of a GraphQL resolver, or the event source's name. */
  readonly route: string;
  readonly method?: string;
  readonly path?: string;
  readonly ip?: string;
  readonly identity: Identity;
  /** Of a batch: those that all its records agree on. */
  readonly headers: CorrelationHeaders;
}
