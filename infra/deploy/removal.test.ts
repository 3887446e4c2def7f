import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderRemoval } from './removal.ts';
import { renderStackOutputs } from './stack-outputs.ts';
import type { StackPlan } from './stack-plan.ts';

const PLAN: StackPlan = {
  name: 'trail',
  region: 'eu-central-1',
  resources: [
    ['AWS::S3::Bucket', 5],
    ['AWS::Lambda::Function', 4],
  ],
  kept: [],
  bootstrapVersion: 6,
  outputs: [
    { id: 'IndexUrl', description: 'Where documents are' },
    { id: 'WatchAFunction', description: 'How to watch a first function' },
  ],
  subscriptions: [],
};

test('a removal says what stays, and which names it keeps taken', () => {
  const kept = [
    { type: 'AWS::S3::Bucket', name: undefined },
    { type: 'AWS::S3::Bucket', name: undefined },
    { type: 'AWS::OpenSearchService::Domain', name: 'trail' },
  ];
  const text = renderRemoval([{ ...PLAN, kept }], { keepData: true });
  expect(text).toContain('trail in eu-central-1: 6 resources go, 3 stay');
  expect(text).toContain('What stays: 2 AWS::S3::Bucket, AWS::OpenSearchService::Domain.');
  expect(text).toMatch(/names.*until they are deleted: trail\.$/m);
  expect(text).not.toContain('empty them');
});

test('a removal of the data says that buckets have to be empty', () => {
  const text = renderRemoval([PLAN], { keepData: false });
  expect(text).toContain('trail in eu-central-1: 9 resources go, 0 stay');
  expect(text).toContain('empty them before');
  expect(text).not.toContain('What stays');
});

test('what a deployment puts out is shown with what it is for, and what is for other stacks is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  try {
    const file = join(folder, 'outputs.json');
    expect(renderStackOutputs([PLAN], file)).toBe('');
    const written = { trail: { IndexUrl: 'https://search', ExportsOutputRefKey1A2B3C4D: 'arn:…' } };
    writeFileSync(file, JSON.stringify(written));
    expect(renderStackOutputs([PLAN], file)).toBe('trail\n  Where documents are\n    https://search');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
