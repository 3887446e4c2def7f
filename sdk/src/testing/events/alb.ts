/** The event of an Application Load Balancer's target group. */
import { ACCOUNT, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

export interface AlbEvent {
  requestContext: { elb: { targetGroupArn: string } };
  httpMethod: string;
  path: string;
  queryStringParameters?: Record<string, string>;
  /** One of the two, as the target group is set. */
  headers?: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  body: string | null;
  isBase64Encoded: boolean;
}

/** `GET /orders/17`. A balancer knows no routes and no callers, and puts `Self` first in the trace header. */
export function alb(overrides?: Overrides<AlbEvent>): AlbEvent {
  return withOverrides<AlbEvent>(
    {
      requestContext: {
        elb: {
          targetGroupArn: `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/orders/6d0ecf831eec9f09`,
        },
      },
      httpMethod: 'GET',
      path: '/orders/17',
      queryStringParameters: {},
      headers: {
        accept: 'application/json',
        host: 'orders.example.com',
        'user-agent': 'curl/8.5.0',
        'x-amzn-trace-id':
          'Self=1-695ba7c0-60718293a4b5c6d7e8f90a1b;Root=1-695ba7c0-2c3d4e5f60718293a4b5c6d7',
        'x-forwarded-for': '192.0.2.1',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      body: '',
      isBase64Encoded: false,
    },
    overrides,
  );
}
