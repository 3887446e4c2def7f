/** Lines that the SDK did not write: of the Lambda platform, other JSON, text, and what an attacker makes a function print. */
import type { Seeded } from '../schedule/seeded.ts';
import type { Issue, Oracle } from './oracle.ts';

function requestId(id: number): string {
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

/** The end of one invocation, as JSON or as text. */
export function reportLine(oracle: Oracle, chance: Seeded, at: number): Issue {
  const metrics = { durationMs: 12.3, billedDurationMs: 13, memorySizeMB: 128, maxMemoryUsedMB: 70 };
  return oracle.issue(
    'report',
    'platform',
    (_, id) =>
      chance.chance(0.5)
        ? JSON.stringify({
            time: new Date(at).toISOString(),
            type: 'platform.report',
            record: { requestId: requestId(id), metrics, status: 'success' },
          })
        : `REPORT RequestId: ${requestId(id)}\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\n`,
    { is: 'report' },
  );
}

export function startLine(oracle: Oracle): Issue {
  return oracle.issue('start', 'platform', (_, id) => `START RequestId: ${requestId(id)} Version: $LATEST\n`);
}

export function textLine(oracle: Oracle, chance: Seeded): Issue {
  const text = chance.pick(['connection reset by peer', 'größer\tals "sie" \\ aussah 🌍', '<html>', '-']);
  return oracle.issue('text', 'business', (mark) => `${text} ${mark}`);
}

/** The message is good, and its event is not: unreadable alone. */
export function timelessLine(oracle: Oracle): Issue {
  const issue = oracle.issue('event without time', 'quarantine', (mark) => `when was this ${mark}`);
  return { ...issue, timeless: true };
}

export function jsonLine(oracle: Oracle, chance: Seeded): Issue {
  return oracle.issue('json', 'business', (mark) =>
    JSON.stringify({
      level: chance.pick(['info', 'ERROR', 17]),
      msg: `something ${mark}`,
      nested: { deep: [{ er: chance.next() }] },
    }),
  );
}

/** What must not break anything; where it goes is the collector's affair as long as it goes there once. */
const HOSTILE: readonly ((mark: string) => string)[] = [
  (mark) => `{"msg":"${mark}","__proto__":{"admin":true},"constructor":{"prototype":1}}`,
  (mark) => `{"msg":"${mark}","msg":"again ${mark}","level":"INFO","level":{}}`,
  (mark) => `{"msg":"${mark}","n":1e400,"m":-0,"z":123456789012345678901234567890}`,
  (mark) => `{"msg":"${mark} \\ud800 \\u0000 \\u2028"}`,
  (mark) => `{"msg":"${mark}","deep":${'['.repeat(400)}${']'.repeat(400)}}`,
  (mark) => `{"msg":"${mark}","unfinished":`,
  (mark) => `{"trailgate":{"v":1},"msg":"${mark}"}`,
  (mark) => `{"@timestamp":"1999-01-01","_id":"mine","_index":"trail-1999.01.01","msg":"${mark}"}`,
  (mark) => `{"create":{"_index":"trail-1","_id":"1"}}\n{"msg":"${mark}"}`,
  (mark) => `\u0000\u001b[2J${mark}\r\n`,
  (mark) => `START RequestId: nobody ${mark}`,
  (mark) => `{"type":"platform.report","msg":"${mark}"}`,
  (mark) => `   {"msg":"${mark}"}   `,
  (mark) => `[1,2,"${mark}"]`,
];

export function hostileLine(oracle: Oracle, chance: Seeded): Issue {
  const write = chance.pick(HOSTILE);
  return oracle.issue('hostile', 'kept', write);
}
