/** Lines that a real Trailgate wrote while it served requests: templates whose message takes the oracle's mark. */
import { createTestTrailgate } from '@trailgate/sdk/testing';
import { readHead } from '@trailgate/sdk/wire';
import type { Issue, Oracle } from './oracle.ts';

export interface WrittenLine {
  readonly channel: 'business' | 'trail';
  /** Where the mark goes: right behind the opening quote of the record's message. */
  readonly before: string;
  readonly behind: string;
  readonly principal: string | undefined;
  readonly count: number;
}

const OPENING = '"message":"';

/** All that one instance writes over a few requests, in its order. */
export async function writtenBySdk(seed: number, startAt: number): Promise<readonly WrittenLine[]> {
  const { trailgate, lines, invoke, advance } = createTestTrailgate({ service: 'shop', seed, startAt });
  const handler = trailgate.wrap(async (event: { readonly n: number }) => {
    trailgate.log.info('order taken', { number: event.n, basket: { size: 3 } });
    trailgate.trail.loginFailed({ user: `guest-${event.n}`, reason: 'bad_credentials' });
    if (event.n === 2) throw new Error('out of stock');
    return { statusCode: 200, body: '{}' };
  });
  for (let n = 1; n <= 3; n++) {
    await invoke(handler, { n }).catch(() => undefined); // the second request fails on purpose
    advance(1_500);
  }
  return lines.flatMap(template);
}

function template(line: string): readonly WrittenLine[] {
  const head = readHead(line);
  const at = line.indexOf(OPENING);
  if (head.is !== 'record' || at === -1) return [];
  const body = JSON.parse(line) as { readonly principal?: string; readonly count?: number };
  const split = at + OPENING.length;
  return [
    {
      channel: head.head.channel,
      before: line.slice(0, split),
      behind: line.slice(split),
      principal: body.principal,
      count: body.count ?? 1,
    },
  ];
}

export function issueWritten(oracle: Oracle, written: WrittenLine): Issue {
  return oracle.issue(
    'of the sdk itself',
    written.channel,
    (mark) => `${written.before}${mark} ${written.behind}`,
  );
}
