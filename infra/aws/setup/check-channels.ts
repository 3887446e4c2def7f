/** Checks at synth where alerts are to go, as far as it is known then: the value of a secret is checked when the set-up runs. */
import { type AlertChannel, AlertChannelError, checkChannel } from '@trailgate/collectors/setup';
import { SecretValue, Token } from 'aws-cdk-lib';
import { described } from '../described.ts';
import { knownMembers } from '../known-members.ts';
import { TrailgatePropsError } from '../props-error.ts';
import type { AlertChannelProps, AlertEmail, AlertWebhook } from './channel-props.ts';

const HOOK_NAME = /^[a-z0-9-]{1,32}$/;
const NOT_HERE = 'https://known.later.invalid';
const COMMON = { id: 'checked', name: 'checked', description: '' };

/** `under` is where the caller wrote the options: `setup.`. No message has a URL. @throws TrailgatePropsError */
export function checkChannels({ webhooks = [], email }: AlertChannelProps, under: string): void {
  if (!Array.isArray(webhooks)) {
    throw new TrailgatePropsError(`${under}webhooks`, 'a list', described(webhooks));
  }
  const names = new Set<string>();
  for (const [at, hook] of (webhooks as readonly AlertWebhook[]).entries()) {
    const prop = `${under}webhooks[${at}]`;
    knownMembers(prop, hook, ['name', 'url', 'headers']);
    const { name } = hook;
    if (typeof name !== 'string' || !HOOK_NAME.test(name) || names.has(name)) {
      const expected = 'a name of its own of a-z, 0-9 and -, at most 32 characters';
      throw new TrailgatePropsError(`${prop}.name`, expected, described(name));
    }
    names.add(name);
    checkWebhook(hook, prop);
  }
  if (email !== undefined) checkEmail(email, `${under}email`);
}

function checkWebhook({ url, headers = {} }: AlertWebhook, prop: string): void {
  if (!(url instanceof SecretValue)) {
    throw new TrailgatePropsError(`${prop}.url`, 'a SecretValue', `a ${typeof url}`);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (value instanceof SecretValue) continue;
    throw new TrailgatePropsError(`${prop}.headers.${name}`, 'a SecretValue', `a ${typeof value}`);
  }
  checked(prop, {
    ...COMMON,
    kind: 'webhook',
    url: known(url) ?? NOT_HERE,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, known(value) ?? '-'])),
  });
}

function checkEmail(email: AlertEmail, prop: string): void {
  knownMembers(prop, email, ['from', 'to', 'identityArn']);
  if (!Array.isArray(email.to)) {
    throw new TrailgatePropsError(`${prop}.to`, 'a list of e-mail addresses', described(email.to));
  }
  const { from, to, identityArn } = email;
  checked(prop, { ...COMMON, kind: 'email', from, to, region: 'eu-west-1' });
  const arn = /^arn:[\w-]+:ses:[\w-]+:\d{12}:identity\/\S+$/;
  if (identityArn === undefined || Token.isUnresolved(identityArn) || arn.test(identityArn)) return;
  throw new TrailgatePropsError(
    `${prop}.identityArn`,
    'the ARN of an identity of SES',
    described(identityArn),
  );
}

/** What somebody has written into the app, against all advice; undefined for what only the deployment knows. */
function known(value: SecretValue): string | undefined {
  const text = value.unsafeUnwrap();
  return Token.isUnresolved(text) ? undefined : text;
}

function checked(prop: string, channel: AlertChannel): void {
  try {
    checkChannel(channel);
  } catch (error) {
    if (!(error instanceof AlertChannelError)) throw error;
    throw new TrailgatePropsError(`${prop}.${error.field}`, error.expected, error.got);
  }
}
