/** The context that Lambda hands to a handler, for tests. */
import { ACCOUNT, INSTANT_MS, numbered, REGION } from './events/instant.ts';

/** All that Lambda's runtime for Node.js 24 sets; fits the type `Context` of `@types/aws-lambda` but for its callbacks. */
export interface TestContext {
  awsRequestId: string;
  functionName: string;
  functionVersion: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  logGroupName: string;
  logStreamName: string;
  clientContext?: unknown;
  identity?: unknown;
  tenantId?: string;
  getRemainingTimeInMillis(): number;
}

export interface ContextOverrides extends Partial<TestContext> {
  /** What the function may take. @default 30000 */
  readonly timeoutMs?: number;
}

/** @param invocation position among the invocations of one test, for a request id of its own */
export function testContext(
  { timeoutMs = 30_000, ...given }: ContextOverrides,
  clock: () => number,
  invocation: number,
): TestContext {
  const functionName = given.functionName ?? 'test-function';
  const deadline = clock() + timeoutMs;
  return {
    awsRequestId: numbered('8f5070cb-8c2d-4c0a-9d3e-1b7a5c4e0000', invocation),
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`,
    memoryLimitInMB: '128',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `${new Date(INSTANT_MS).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]2f1e0d9c8b7a69584736251403f2e1d0`,
    getRemainingTimeInMillis: () => deadline - clock(),
    ...given,
    functionName,
  };
}
