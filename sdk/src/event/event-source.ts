/** Names the source of an event that is no request of a client. */
import { field, textField } from './field.ts';
import { findExecution } from './ingest/step-functions.ts';

const MAX_CHARS = 256;

/** Members that one source alone writes. */
const BY_MEMBER: readonly (readonly [member: string, source: string])[] = [
  ['awslogs', 'aws:logs'],
  ['deliveryStreamArn', 'aws:firehose'],
  ['DurableExecutionArn', 'aws:lambda:durable'],
  ['CodePipeline.job', 'aws:codepipeline'],
  ['alarmArn', 'aws:cloudwatch:alarm'],
  ['invokingEvent', 'aws:config'],
  ['protocolData', 'aws:iot:authorizer'],
];

/** Cognito's triggers are a fixed set, such as `PreSignUp_SignUp`. */
const TRIGGER = /^[A-Za-z]{1,40}_[A-Za-z]{1,40}$/;

/** `aws:…`, an EventBridge event's own source, or `direct`. */
export function eventSource(event: unknown): string {
  const records = field(event, 'Records');
  const first: unknown = Array.isArray(records) ? records[0] : undefined;
  const named =
    // SNS alone writes the name with a capital letter.
    textField(first, 'eventSource', MAX_CHARS) ??
    textField(first, 'EventSource', MAX_CHARS) ??
    textField(event, 'eventSource', MAX_CHARS);
  if (named !== undefined) return named;
  const source = textField(event, 'source', MAX_CHARS);
  if (source !== undefined && typeof field(event, 'detail-type') === 'string') return source;
  for (const [member, name] of BY_MEMBER) if (field(event, member) !== undefined) return name;
  const trigger = textField(event, 'triggerSource', MAX_CHARS);
  if (trigger !== undefined && typeof field(event, 'userPoolId') === 'string') {
    return TRIGGER.test(trigger) ? `aws:cognito-idp:${trigger}` : 'aws:cognito-idp';
  }
  return findExecution(event) === undefined ? 'direct' : 'aws:states';
}
