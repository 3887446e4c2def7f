/** Brings the notification channels up to date: where alerts go, under ids of ours. */
import type { Json } from '../schema/mapping.ts';
import { type AlertChannel, channelSecrets } from './alert-channel.ts';
import { type Engine, notOffered, objection, objectOr } from './engine.ts';
import { covers } from './same-json.ts';
import type { SetupStep } from './setup-report.ts';

const ROOT = '/_plugins/_notifications/configs';

/** They have been checked (`checkChannel`). */
export async function applyChannels(
  engine: Engine,
  channels: readonly AlertChannel[],
): Promise<readonly SetupStep[]> {
  const steps: SetupStep[] = [];
  for (const channel of channels) {
    for (const config of configsOf(channel)) {
      const step = await applyConfig(engine, config);
      steps.push(withoutSecrets(step, channelSecrets(channel)));
      // What was made of it first is what the next one names.
      if (step.status === 'failed' || step.missing === true) break;
    }
  }
  return steps;
}

interface ChannelConfig {
  readonly id: string;
  readonly config: Json;
}

/** In the order in which one needs the other: mail has a sender and a list of recipients of its own. */
function configsOf(channel: AlertChannel): readonly ChannelConfig[] {
  const { id, name, description } = channel;
  const one = (type: string, body: Json, part = ''): ChannelConfig => ({
    id: part === '' ? id : `${id}-${part}`,
    config: {
      name: part === '' ? name : `${name} ${part}`,
      description,
      config_type: type,
      [type]: body,
    },
  });
  switch (channel.kind) {
    case 'sns':
      return [one('sns', { topic_arn: channel.topicArn, ...roleOf(channel.roleArn) })];
    case 'webhook':
      return [
        one('webhook', {
          url: channel.url,
          header_params: channel.headers ?? { 'Content-Type': 'text/plain' },
          method: 'POST',
        }),
      ];
    case 'email':
      return [
        one(
          'ses_account',
          { region: channel.region, from_address: channel.from, ...roleOf(channel.roleArn) },
          'sender',
        ),
        one('email_group', { recipient_list: channel.to.map((recipient) => ({ recipient })) }, 'recipients'),
        one('email', {
          email_account_id: `${id}-sender`,
          recipient_list: [],
          email_group_id_list: [`${id}-recipients`],
        }),
      ];
  }
}

function roleOf(roleArn: string | undefined): Json {
  return roleArn === undefined ? {} : { role_arn: roleArn };
}

async function applyConfig(engine: Engine, { id, config }: ChannelConfig): Promise<SetupStep> {
  const step = { subject: 'notification channel', name: id } as const;
  const had = await engine.get(`${ROOT}/${id}`);
  const missing = notOffered(had);
  if (missing !== undefined) {
    const detail = `${missing} (notifications): alerts are only shown, and sent nowhere`;
    return { ...step, status: 'skipped', detail, missing: true };
  }
  if (had.status !== 200 && had.status !== 404) return { ...step, status: 'failed', detail: objection(had) };
  const kept = had.status === 200 ? keptConfig(had.body, id) : undefined;
  if (kept !== undefined && covers(kept, config)) return { ...step, status: 'unchanged' };
  // Whether it is on is up to whoever switched it off.
  const answer =
    kept === undefined
      ? await engine.write('POST', ROOT, { config_id: id, config: { ...config, is_enabled: true } })
      : await engine.write('PUT', `${ROOT}/${id}`, {
          config: { ...config, is_enabled: kept.is_enabled ?? true },
        });
  if (answer.status >= 300) return { ...step, status: 'failed', detail: objection(answer) };
  return { ...step, status: kept === undefined ? 'created' : 'changed' };
}

function keptConfig(body: Json, id: string): Json | undefined {
  const list = Array.isArray(body.config_list) ? body.config_list.map(objectOr) : [];
  const found = list.find(({ config_id }) => config_id === id);
  return found === undefined ? undefined : objectOr(found.config);
}

/** An engine may repeat in its objection what it was given, so that of it only the status is told. */
function withoutSecrets(step: SetupStep, secrets: readonly string[]): SetupStep {
  if (step.status !== 'failed' || secrets.length === 0) return step;
  const [status = ''] = (step.detail ?? '').split(' ');
  return { ...step, detail: `${status} (the reason is left out, since it may repeat the address)` };
}
