import { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import type { FindingDocument } from '../ports.ts';
import { createSnsFindings } from './sns-findings.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:findings';

interface Entry {
  readonly Id: string;
  readonly Message: string;
}
type Verdict = 'taken' | 'throttled' | 'refused';

/** A topic over the real client: `judge` decides about each message of each call; `calls` has the messages of each. */
function topic(judge: (message: string, call: number) => Verdict = () => 'taken') {
  const calls: string[][] = [];
  const requestHandler = {
    handle: async ({ body }: { readonly body: string }) => {
      const entries = entriesIn(new URLSearchParams(body));
      calls.push(entries.map(({ Message }) => Message));
      const answers = entries.map(({ Id, Message }) => [Id, judge(Message, calls.length)] as const);
      return { response: { statusCode: 200, headers: {}, body: new Blob([answer(answers)]).stream() } };
    },
  };
  const client = new SNSClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler,
    maxAttempts: 1,
  });
  const pauses: number[] = [];
  const ports = { sleep: async (ms: number) => pauses.push(ms), random: () => 0.5 };
  return { calls, pauses, findings: createSnsFindings(client, TOPIC, ports) };
}

function entriesIn(form: URLSearchParams): readonly Entry[] {
  return Array.from({ length: 10 }, (_, n) => `PublishBatchRequestEntries.member.${n + 1}`)
    .filter((name) => form.has(`${name}.Id`))
    .map((name) => ({ Id: form.get(`${name}.Id`) ?? '', Message: form.get(`${name}.Message`) ?? '' }));
}

function answer(verdicts: readonly (readonly [id: string, verdict: Verdict])[]): string {
  const member = ([id, verdict]: readonly [string, Verdict]): string =>
    verdict === 'taken'
      ? `<member><Id>${id}</Id><MessageId>m-${id}</MessageId></member>`
      : `<member><Id>${id}</Id><Code>${verdict}</Code><SenderFault>${verdict === 'refused'}</SenderFault></member>`;
  const [taken, others] = [true, false].map((wanted) =>
    verdicts.filter(([, verdict]) => (verdict === 'taken') === wanted).map(member),
  );
  const result = `<Successful>${taken?.join('')}</Successful><Failed>${others?.join('')}</Failed>`;
  return `<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishBatchResult>${result}</PublishBatchResult></PublishBatchResponse>`;
}

function finding(n: number, message = `finding ${n}`): FindingDocument {
  return { index: 'trail-2026.11.22', id: `f${n}`, source: JSON.stringify({ n, message }) };
}
const some = (count: number): FindingDocument[] => Array.from({ length: count }, (_, n) => finding(n));

describe('findings', () => {
  test('are published once, ten a call, however often they come', async () => {
    const { calls, findings } = topic();
    await findings.put([...some(23), finding(0)]);
    expect(calls.map((call) => call.length)).toEqual([10, 10, 3]);
    expect(calls.flat()).toEqual(some(23).map(({ source }) => source));
    await findings.put(some(24));
    expect(calls.slice(3)).toEqual([[finding(23).source]]);
  });

  test('that a call left out are sent again, and only those', async () => {
    const busy = finding(1).source;
    const { calls, pauses, findings } = topic((message, call) =>
      message === busy && call < 3 ? 'throttled' : 'taken',
    );
    await findings.put(some(3));
    expect(calls).toEqual([some(3).map(({ source }) => source), [busy], [busy]]);
    expect(pauses).toEqual([75, 150]);
  });

  test('that are not taken in the end fail the put; the next one sends what is left', async () => {
    let closed = true;
    const { calls, findings } = topic((message) =>
      closed && message === finding(1).source ? 'throttled' : 'taken',
    );
    await expect(findings.put(some(2))).rejects.toMatchObject({
      code: 'FINDINGS_NOT_PUBLISHED',
      message: `topic ${TOPIC}: 1 findings not published, last throttled`,
    });
    expect(calls).toHaveLength(7);
    closed = false;
    await findings.put(some(2));
    expect(calls.slice(7)).toEqual([[finding(1).source]]);
  });

  test('that SNS will never take are not tried again', async () => {
    const { calls, findings } = topic(() => 'refused');
    await expect(findings.put(some(1))).rejects.toMatchObject({ code: 'FINDINGS_NOT_PUBLISHED' });
    expect(calls).toHaveLength(1);
  });

  test('that are large share a call only as far as it may hold them', async () => {
    const { calls, findings } = topic();
    await findings.put([1, 2, 3].map((n) => finding(n, 'x'.repeat(100_000))));
    expect(calls.map((call) => call.length)).toEqual([2, 1]);
  });
});
