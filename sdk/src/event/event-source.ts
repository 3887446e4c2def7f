/** Names the source of an event that is no request of a client. */
import { field, textField } from './field.ts';
import { findExecution } from './ingest/step-functions.ts';

/** Members that one source alone writes, each with its source. */
const BY_MEMBER: readonly (readonly string[])[] = [
  'awslogs aws:logs',
  'deliveryStreamArn aws:firehose',
  'DurableExecutionArn aws:lambda:durable',
  'CodePipeline.job aws:codepipeline',
  'alarmArn aws:cloudwatch:alarm',
  'invokingEvent aws:config',
  'protocolData aws:iot:authorizer',
].map((row) => row.split(' '));

/** Cognito's triggers are a fixed set, such as `PreSignUp_SignUp`. */
const TRIGGER = /^[A-Za-z]{1,40}_[A-Za-z]{1,40}$/;

/** `aws:…`, an EventBridge event's own source, or `direct`. */
export function eventSource(event: unknown): string {
  const records = field(event, 'Records');
  const named = (Array.isArray(records) ? ownSource(records[0]) : undefined) ?? ownSource(event);
  if (named !== undefined) return named;
  const source = textField(event, 'source');
  if (source !== undefined && typeof field(event, 'detail-type') === 'string') return source;
  for (const [member = '', name = ''] of BY_MEMBER) if (field(event, member) !== undefined) return name;
  const trigger = textField(event, 'triggerSource');
  if (trigger !== undefined && typeof field(event, 'userPoolId') === 'string') {
    return `aws:cognito-idp${TRIGGER.test(trigger) ? `:${trigger}` : ''}`;
  }
  return findExecution(event) === undefined ? 'direct' : 'aws:states';
}

/** What a record says that it comes from; SNS alone writes the name with a capital letter. */
export function ownSource(record: unknown): string | undefined {
  return textField(record, 'eventSource') ?? textField(record, 'EventSource');
}
