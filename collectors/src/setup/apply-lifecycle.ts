/** Brings a channel's lifecycle policy up to date, and the indices that are there under it. */
import type { Channel } from '@trailgate/sdk/wire';
import type { IndexSettings } from '../schema/index-options.ts';
import { indexPattern } from '../schema/index-template.ts';
import { lifecyclePolicy, lifecyclePolicyName } from '../schema/lifecycle-policy.ts';
import { type Answer, type Engine, notOffered, objection, objectOr } from './engine.ts';
import { manageIndices } from './manage-indices.ts';
import { covers } from './same-json.ts';
import type { SetupStep } from './setup-report.ts';

const ROOT = '/_plugins/_ism';

/** A policy that is as it should be is not written again, since each writing makes all its indices change over. */
export async function applyLifecycle(
  engine: Engine,
  channel: Channel,
  settings: IndexSettings,
): Promise<readonly SetupStep[]> {
  const name = lifecyclePolicyName(channel);
  const had = await engine.get(`${ROOT}/policies/${name}`);
  const missing = notOffered(had);
  const step = (status: SetupStep['status'], detail?: string): SetupStep => ({
    subject: 'lifecycle policy',
    name,
    status,
    ...(detail === undefined ? {} : { detail }),
  });
  if (missing !== undefined) {
    const detail = `${missing} (Index State Management): nothing deletes old indices`;
    return [{ ...step('skipped', detail), missing: true }];
  }
  if (had.status !== 200 && had.status !== 404) return [step('failed', objection(had))];
  const written = await writePolicy(engine, name, had, channel, settings);
  if (written !== undefined && written.status >= 300) return [step('failed', refusal(written))];
  const sequence = objectOr(written === undefined ? had.body : written.body)._seq_no;
  const state = written === undefined ? 'unchanged' : had.status === 404 ? 'created' : 'changed';
  return [
    step(state),
    ...(await manageIndices(engine, indexPattern(channel), {
      name,
      // Of a dry run, what would be written has no number yet: later than all.
      sequence: typeof sequence === 'number' ? sequence : Number.POSITIVE_INFINITY,
    })),
  ];
}

/** The answer to the writing, or undefined where none was needed. */
async function writePolicy(
  engine: Engine,
  name: string,
  { status, body }: Answer,
  channel: Channel,
  settings: IndexSettings,
): Promise<Answer | undefined> {
  const policy = lifecyclePolicy(channel, settings);
  if (status === 404) return await engine.write('PUT', `${ROOT}/policies/${name}`, { policy });
  const kept = objectOr(body.policy);
  if (covers(kept, policy)) return undefined;
  // Who is told of failures is the deployment's own choice, and is kept.
  const { error_notification } = kept;
  const place = `if_seq_no=${body._seq_no}&if_primary_term=${body._primary_term}`;
  return await engine.write('PUT', `${ROOT}/policies/${name}?${place}`, {
    policy: error_notification ? { ...policy, error_notification } : policy,
  });
}

function refusal(answer: Answer): string {
  return answer.status === 409
    ? 'someone else has changed the policy at the same time: look at it and apply again'
    : objection(answer);
}
