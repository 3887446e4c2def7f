/** Brings the notification channels up to date: where alerts go, under ids of ours. */
import type { Json } from '../schema/mapping.ts';
import { type Engine, notOffered, objection, objectOr } from './engine.ts';
import { covers } from './same-json.ts';
import type { SetupStep } from './setup-report.ts';

const ROOT = '/_plugins/_notifications/configs';

/** An SNS topic, and the role that the engine takes on to publish to it. */
export interface AlertChannel {
  /** `config_id`: letters, digits, `_`, `+`, `/`, `=`, `-`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly topicArn: string;
  /** The managed service asks for one; an engine of one's own has credentials. @default none */
  readonly roleArn?: string;
}

export async function applyChannels(
  engine: Engine,
  channels: readonly AlertChannel[],
): Promise<readonly SetupStep[]> {
  const steps: SetupStep[] = [];
  for (const channel of channels) steps.push(await applyChannel(engine, channel));
  return steps;
}

async function applyChannel(engine: Engine, channel: AlertChannel): Promise<SetupStep> {
  const step = { subject: 'notification channel', name: channel.id } as const;
  const had = await engine.get(`${ROOT}/${channel.id}`);
  const missing = notOffered(had);
  if (missing !== undefined) {
    const detail = `${missing} (notifications): alerts are only shown, and sent nowhere`;
    return { ...step, status: 'skipped', detail, missing: true };
  }
  if (had.status !== 200 && had.status !== 404) return { ...step, status: 'failed', detail: objection(had) };
  const config = configOf(channel);
  const kept = had.status === 200 ? keptConfig(had.body, channel.id) : undefined;
  if (kept !== undefined && covers(kept, config)) return { ...step, status: 'unchanged' };
  // Whether it is on is up to whoever switched it off.
  const answer =
    kept === undefined
      ? await engine.write('POST', ROOT, { config_id: channel.id, config: { ...config, is_enabled: true } })
      : await engine.write('PUT', `${ROOT}/${channel.id}`, {
          config: { ...config, is_enabled: kept.is_enabled ?? true },
        });
  if (answer.status >= 300) return { ...step, status: 'failed', detail: objection(answer) };
  return { ...step, status: kept === undefined ? 'created' : 'changed' };
}

function configOf({ name, description, topicArn, roleArn }: AlertChannel): Json {
  return {
    name,
    description,
    config_type: 'sns',
    sns: { topic_arn: topicArn, ...(roleArn === undefined ? {} : { role_arn: roleArn }) },
  };
}

function keptConfig(body: Json, id: string): Json | undefined {
  const list = Array.isArray(body.config_list) ? body.config_list.map(objectOr) : [];
  const found = list.find(({ config_id }) => config_id === id);
  return found === undefined ? undefined : objectOr(found.config);
}
