/** The event of an API Gateway WebSocket API. */
import { INSTANT_MS, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

export interface WebSocketEvent {
  /** Only with the event that opens the connection. */
  headers?: Record<string, string>;
  requestContext: {
    routeKey: string;
    /** Only with messages. */
    messageId: string;
    eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
    extendedRequestId: string;
    requestTime: string;
    messageDirection: 'IN';
    stage: string;
    connectedAt: number;
    requestTimeEpoch: number;
    requestId: string;
    domainName: string;
    connectionId: string;
    apiId: string;
    identity: { sourceIp: string; userAgent: string };
    authorizer?: Record<string, unknown>;
  };
  body?: string;
  isBase64Encoded: boolean;
}

/** A message on the route `sendMessage`. */
export function webSocket(overrides?: Overrides<WebSocketEvent>): WebSocketEvent {
  return withOverrides<WebSocketEvent>(
    {
      requestContext: {
        routeKey: 'sendMessage',
        messageId: 'Wt1aBcdEliACFgA=',
        eventType: 'MESSAGE',
        extendedRequestId: 'Wt1aBcdEliAFQGg=',
        requestTime: '05/Jan/2026:12:00:00 +0000',
        messageDirection: 'IN',
        stage: 'prod',
        connectedAt: INSTANT_MS - 60_000,
        requestTimeEpoch: INSTANT_MS,
        requestId: 'Wt1aBcdEliAFQGg=',
        domainName: `w3b5ock3t1.execute-api.${REGION}.amazonaws.com`,
        connectionId: 'Wt1XgeQhliACFgA=',
        apiId: 'w3b5ock3t1',
        identity: { sourceIp: '192.0.2.1', userAgent: 'wscat/6.0' },
      },
      body: '{"action":"sendMessage","text":"hello"}',
      isBase64Encoded: false,
    },
    overrides,
  );
}
