import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createS3Quarantine } from './s3-quarantine.ts';
import { entry } from './testing/entries.ts';
import { memoryS3 } from './testing/memory-s3.ts';

const many = (count: number) => Array.from({ length: count }, (_, number) => entry(number));

describe('createS3Quarantine', () => {
  test('thousands of lines of an attack are one object', async () => {
    const s3 = memoryS3({ bucket: 'kept' });
    await createS3Quarantine(s3.client, { bucket: 'kept', prefix: 'trailgate' }).put(many(5_000));
    expect(s3.requests).toEqual([
      expect.stringMatching(
        /^PUT kept\/trailgate\/quarantine\/2026\/11\/22\/[\w-]{22}\.ndjson\.gz if-none-match$/,
      ),
    ]);
    const [object = new Uint8Array()] = s3.objects.values();
    expect(gunzipSync(object).toString().trim().split('\n')).toHaveLength(5_000);
  });

  test('the same entries on another day change nothing', async () => {
    const s3 = memoryS3({ bucket: 'kept' });
    const quarantine = createS3Quarantine(s3.client, { bucket: 'kept', prefix: '' });
    await quarantine.put(many(3));
    const before = [...s3.objects];
    await quarantine.put(many(3).map((again) => ({ ...again, at: again.at + 3 * 86_400_000 })));
    expect([...s3.objects]).toEqual(before);
    await quarantine.put([]);
    expect(s3.requests).toHaveLength(2);
  });

  test('an object whose write was carried out but not answered is found at the next attempt', async () => {
    let lost = 0;
    const fault = () =>
      lost++ === 0 ? { status: 500, code: 'InternalError', done: true as const } : undefined;
    const s3 = memoryS3({ bucket: 'kept', fault });
    const quarantine = createS3Quarantine(s3.client, { bucket: 'kept', prefix: '' });
    await expect(quarantine.put([entry(1)])).rejects.toMatchObject({ code: 'S3_QUARANTINE' });
    await quarantine.put([entry(1)]);
    expect(s3.objects.size).toBe(1);
  });

  test('a conflict with another writer is tried again, and not for ever', async () => {
    let conflicts = 2;
    const s3 = memoryS3({
      bucket: 'kept',
      fault: () => (conflicts-- > 0 ? { status: 409, code: 'ConditionalRequestConflict' } : undefined),
    });
    const quarantine = createS3Quarantine(s3.client, { bucket: 'kept', prefix: '' });
    await quarantine.put([entry(1)]);
    expect(s3.requests).toHaveLength(3);
    conflicts = 100;
    await expect(quarantine.put([entry(2)])).rejects.toThrow('ConditionalRequestConflict');
    expect(s3.requests).toHaveLength(6);
  });

  test.each([
    [403, 'RequestTimeTooSkewed'],
    [403, 'AccessDenied'],
    [503, 'SlowDown'],
    [404, 'NoSuchBucket'],
    [400, 'KMS.DisabledException'],
  ])('%i %s rejects and says for which object', async (status, code) => {
    const s3 = memoryS3({ bucket: 'kept', fault: () => ({ status, code }) });
    const quarantine = createS3Quarantine(s3.client, { bucket: 'kept', prefix: '' });
    await expect(quarantine.put([entry(1)])).rejects.toMatchObject({
      code: 'S3_QUARANTINE',
      message: expect.stringMatching(
        new RegExp(`^quarantine in s3://kept/quarantine/.*: expected to create it, got ${code}`),
      ),
    });
  });

  test('of several objects one that fails rejects the call, and the others are there for the next', async () => {
    let puts = 0;
    const raw = Buffer.alloc(2_000_000).toString('base64');
    const s3 = memoryS3({
      bucket: 'kept',
      fault: () => (++puts === 2 ? { status: 503, code: 'SlowDown' } : undefined),
    });
    const quarantine = createS3Quarantine(s3.client, { bucket: 'kept', prefix: '' });
    const entries = Array.from({ length: 6 }, (_, number) => entry(number, { raw }));
    await expect(quarantine.put(entries)).rejects.toThrow('SlowDown');
    await quarantine.put(entries);
    expect(s3.objects.size).toBe(6);
  });

  test('asks for the key in KMS', async () => {
    const s3 = memoryS3({ bucket: 'kept' });
    const seen: unknown[] = [];
    s3.client.middlewareStack.add(
      (next) => async (args) => {
        seen.push((args.request as { readonly headers: unknown }).headers);
        return await next(args);
      },
      { step: 'finalizeRequest' },
    );
    await createS3Quarantine(s3.client, { bucket: 'kept', prefix: '', kmsKeyId: 'alias/trail' }).put([
      entry(1),
    ]);
    expect(seen).toEqual([
      expect.objectContaining({
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': 'alias/trail',
        'x-amz-server-side-encryption-bucket-key-enabled': 'true',
      }),
    ]);
  });
});
