/** Puts existing indices under a lifecycle policy: the engine attaches one only to indices that are made after it. */
import type { Json } from '../schema/mapping.ts';
import { type Engine, objection, objectOr } from './engine.ts';
import type { SetupStep } from './setup-report.ts';

const ROOT = '/_plugins/_ism';

/** A path of 100 names of daily indices stays below the 4 KB that the engine takes as a request's first line. */
const NAMES_A_CALL = 100;

export interface InstalledPolicy {
  readonly name: string;
  /** Sequence number of its newest version. */
  readonly sequence: number;
}

/** An index that another policy manages is left to it. */
export async function manageIndices(
  engine: Engine,
  pattern: string,
  policy: InstalledPolicy,
): Promise<readonly SetupStep[]> {
  const explained = await engine.get(`${ROOT}/explain/${pattern}`);
  if (explained.status === 404) return [];
  if (explained.status !== 200) return [lifecycleOf(pattern, 'failed', objection(explained))];
  const indices = Object.entries(explained.body)
    .map(([name, value]) => [name, objectOr(value)] as const)
    .filter(([, value]) => typeof value.index === 'string' || POLICY_ID in value);
  const named = (is: Standing): readonly string[] =>
    indices.filter(([, value]) => standing(value, policy) === is).map(([name]) => name);
  return [
    ...named('elsewhere').map((name) => lifecycleOf(name, 'skipped', 'another policy manages it')),
    ...(await move(engine, 'add', named('none'), policy.name)),
    ...(await move(engine, 'change_policy', named('older'), policy.name)),
  ];
}

const POLICY_ID = 'index.plugins.index_state_management.policy_id';

type Standing = 'none' | 'elsewhere' | 'older' | 'current';

/** An index that no job has looked at yet has no sequence number, and begins with the newest version. */
function standing(index: Json, policy: InstalledPolicy): Standing {
  const id = index[POLICY_ID] ?? index.policy_id;
  if (typeof id !== 'string') return 'none';
  if (id !== policy.name) return 'elsewhere';
  const sequence = index.policy_seq_no;
  return typeof sequence === 'number' && sequence >= 0 && sequence < policy.sequence ? 'older' : 'current';
}

async function move(
  engine: Engine,
  how: 'add' | 'change_policy',
  names: readonly string[],
  policy: string,
): Promise<readonly SetupStep[]> {
  const steps: SetupStep[] = [];
  for (let from = 0; from < names.length; from += NAMES_A_CALL) {
    const some = names.slice(from, from + NAMES_A_CALL);
    const answer = await engine.write('POST', `${ROOT}/${how}/${some.join(',')}`, { policy_id: policy });
    const failed = failures(answer.body);
    for (const name of some) {
      const reason = answer.status >= 300 ? objection(answer) : failed.get(name);
      if (reason === undefined) {
        const detail = how === 'add' ? 'policy attached' : 'told to take the new policy at its next run';
        steps.push(lifecycleOf(name, 'changed', detail));
      } else if (!reason.includes('already has a policy')) {
        // Otherwise the engine has attached it by itself in between.
        steps.push(lifecycleOf(name, 'failed', reason));
      }
    }
  }
  return steps;
}

/** Reasons by index. */
function failures(body: Json): ReadonlyMap<string, string> {
  const list = Array.isArray(body.failed_indices) ? body.failed_indices.map(objectOr) : [];
  return new Map(list.map(({ index_name, reason }) => [String(index_name), String(reason)]));
}

function lifecycleOf(name: string, status: SetupStep['status'], detail: string): SetupStep {
  return { subject: 'lifecycle of index', name, status, detail };
}
