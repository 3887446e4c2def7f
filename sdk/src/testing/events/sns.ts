/** The event of SNS, and the envelope in which it puts a message into a queue. */
import { ACCOUNT, INSTANT, numbered, REGION } from './instant.ts';
import { type Overrides, withRecords } from './overrides.ts';

export interface SnsEvent {
  Records: SnsRecord[];
}

export interface SnsRecord {
  EventSource: string;
  EventVersion: string;
  EventSubscriptionArn: string;
  Sns: SnsMessage;
}

export interface SnsMessage {
  Type: string;
  MessageId: string;
  TopicArn: string;
  Subject?: string;
  Message: string;
  Timestamp: string;
  SignatureVersion: string;
  Signature: string;
  SigningCertUrl: string;
  UnsubscribeUrl: string;
  MessageAttributes: Record<string, { Type: string; Value: string }>;
}

/** Body of a queue's message: the names of the two addresses differ in case from those of the event. */
export interface SnsNotification extends Omit<SnsMessage, 'SigningCertUrl' | 'UnsubscribeUrl'> {
  SigningCertURL: string;
  UnsubscribeURL: string;
}

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:orders`;

/** One message, or one for each of `Records`, with ids of their own. */
export function sns(overrides?: Overrides<SnsEvent>): SnsEvent {
  const record = (position: number): SnsRecord => {
    const { SigningCertURL, UnsubscribeURL, ...message } = snsNotification(position);
    return {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: `${TOPIC}:21be56ed-a058-49f5-8c98-aedd2564c486`,
      Sns: { ...message, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL },
    };
  };
  return { Records: withRecords(record, overrides?.Records) };
}

export function snsNotification(position: number): SnsNotification {
  return {
    Type: 'Notification',
    MessageId: numbered('95df01b4-ee98-5cb9-9903-4c221d410000', position),
    TopicArn: TOPIC,
    Message: '{"orderId":"17"}',
    Timestamp: INSTANT,
    SignatureVersion: '1',
    Signature: 'tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j==',
    SigningCertURL: `https://sns.${REGION}.amazonaws.com/SimpleNotificationService-0000.pem`,
    UnsubscribeURL: `https://sns.${REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${TOPIC}`,
    MessageAttributes: {},
  };
}
