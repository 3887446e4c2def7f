export { type AlbEvent, alb } from './alb.ts';
export { type AppSyncEvent, appSync } from './app-sync.ts';
export { type AuthorizerTokenEvent, authorizerToken } from './authorizer-token.ts';
export { direct } from './direct.ts';
export { type EventBridgeEvent, eventBridge } from './event-bridge.ts';
export { functionUrl, type HttpV2Event, httpV2 } from './http-v2.ts';
export type { Overrides } from './overrides.ts';
export { type AuthorizerRequestEvent, authorizerRequest, type RestV1Event, restV1 } from './rest-v1.ts';
export { type S3Event, s3 } from './s3.ts';
export { type SnsEvent, type SnsNotification, sns } from './sns.ts';
export { eventBridgeInSqs, type SqsEvent, snsInSqs, sqs } from './sqs.ts';
export { type StepFunctionsEvent, stepFunctions } from './step-functions.ts';
export {
  type DynamoDbStreamEvent,
  dynamoDbStream,
  type FirehoseEvent,
  firehose,
  type KinesisEvent,
  kinesis,
} from './streams.ts';
export { type WebSocketEvent, webSocket } from './web-socket.ts';
