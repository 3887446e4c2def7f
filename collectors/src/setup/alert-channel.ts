/** Says where alerts may go, and refuses what cannot be a place for them before anything is written. */

interface AnyChannel {
  /** `config_id`: letters, digits, `_`, `+`, `/`, `=`, `-`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** An SNS topic, and the role that the engine takes on to publish to it. */
export interface SnsChannel extends AnyChannel {
  readonly kind: 'sns';
  readonly topicArn: string;
  /** The managed service asks for one; an engine of one's own has credentials. @default none */
  readonly roleArn?: string;
}

/** Any service that takes a message by `POST`: its body is the message's text. */
export interface WebhookChannel extends AnyChannel {
  readonly kind: 'webhook';
  /** `https:`; whoever knows it may well post to it, so it is in no error and no report. */
  readonly url: string;
  /** Their values may be secrets, too. @default `Content-Type: text/plain` */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Mail through Amazon SES. */
export interface EmailChannel extends AnyChannel {
  readonly kind: 'email';
  /** An address that SES may send from. */
  readonly from: string;
  readonly to: readonly string[];
  /** Of SES. */
  readonly region: string;
  /** As of an SNS channel. @default none */
  readonly roleArn?: string;
}

export type AlertChannel = SnsChannel | WebhookChannel | EmailChannel;

/** A channel is not what it must be. Its message has no URL and no header's value. */
export class AlertChannelError extends Error {
  readonly code = 'ALERT_CHANNEL';
  override readonly name = 'AlertChannelError';
  /** Member of the channel, such as `url`. */
  readonly field: string;
  readonly expected: string;
  readonly got: string;

  constructor(channel: string, field: string, expected: string, got: string) {
    super(`channel ${channel}: ${field}: expected ${expected}, got ${got}`);
    this.field = field;
    this.expected = expected;
    this.got = got;
  }
}

const ID = /^[\w+/=-]{1,256}$/;
const TOPIC = /^arn:[\w-]+:sns:[\w-]+:\d+:[\w.-]+$/;
const ROLE = /^arn:[\w-]+:iam::\d+:role\/[\w+=,.@/-]+$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ADDRESS = /^[^\s@<>,;"]{1,64}@[\w-]+(?:\.[\w-]+)+$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
const HEADER_VALUE = /^[\x20-\x7e]{1,2048}$/;
const MAX_URL_CHARS = 2_048;
const MAX_RECIPIENTS = 50; // of one message: Amazon SES, service quotas

/** @throws AlertChannelError */
export function checkChannel(channel: AlertChannel): void {
  const { id } = channel;
  if (!ID.test(id)) throw new AlertChannelError(shown(id), 'id', 'letters, digits and _+/=-', shown(id));
  const check = (field: string, fits: boolean, expected: string, got: string): void => {
    if (!fits) throw new AlertChannelError(id, field, expected, got);
  };
  const checkRole = (roleArn: string | undefined): void =>
    check('roleArn', roleArn === undefined || ROLE.test(roleArn), 'the ARN of an IAM role', shown(roleArn));
  switch (channel.kind) {
    case 'sns':
      check('topicArn', TOPIC.test(channel.topicArn), 'the ARN of an SNS topic', shown(channel.topicArn));
      checkRole(channel.roleArn);
      return;
    case 'webhook': {
      const wrong = urlFault(channel.url);
      check('url', wrong === undefined, 'an https: URL without user, password and fragment', wrong ?? '');
      for (const [name, value] of Object.entries(channel.headers ?? {})) {
        check('headers', HEADER_NAME.test(name), 'names of HTTP headers', shown(name));
        check(`headers.${name}`, HEADER_VALUE.test(value), 'a line of ASCII', 'another text');
      }
      return;
    }
    case 'email': {
      const { from, to, region, roleArn } = channel;
      check('from', ADDRESS.test(from), 'an e-mail address', shown(from));
      const few = to.length > 0 && to.length <= MAX_RECIPIENTS;
      check('to', few, `1 to ${MAX_RECIPIENTS} addresses`, `${to.length}`);
      for (const [at, one] of to.entries()) {
        check(`to[${at}]`, ADDRESS.test(one), 'an e-mail address', shown(one));
      }
      check('region', REGION.test(region), 'a region of AWS', shown(region));
      checkRole(roleArn);
    }
  }
}

/** What is wrong with a webhook's URL, without a word of it; undefined where nothing is. */
function urlFault(text: string): string | undefined {
  if (text.length > MAX_URL_CHARS) return `${text.length} characters`;
  if (!URL.canParse(text)) return 'a text that is no URL';
  const { protocol, username, password, hash } = new URL(text);
  if (protocol !== 'https:') return `one of ${protocol}`;
  if (username !== '' || password !== '') return 'one with a user or password';
  return hash === '' ? undefined : 'one with a fragment';
}

/** What of a channel may be seen nowhere. */
export function channelSecrets(channel: AlertChannel): readonly string[] {
  return channel.kind === 'webhook' ? [channel.url, ...Object.values(channel.headers ?? {})] : [];
}

function shown(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 100);
}
