/** Gets Adobe's S3Mock with Maven, once, and runs it on a free loopback port for the tests that need a real S3 API. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { EngineMissingError } from './engine-missing-error.ts';
import { freePort } from './free-port.ts';
import { startJava, stopJava, untilAnswers } from './java-process.ts';
import { mavenLibraries } from './maven-libraries.ts';

const ARTIFACT = { groupId: 'com.adobe.testing', artifactId: 's3mock', version: '5.2.0' };
const LAUNCHER = new URL('./S3OnLoopback.java', import.meta.url).pathname;
const HOW =
  'Install a JDK (17 or later) and Maven, or name a running engine: S3_URL=http://127.0.0.1:9090 npm run test:engines';

/** A key that S3Mock takes for known. */
export const KMS_KEY = '00000000-0000-4000-8000-000000000000';

export interface RunningS3 {
  readonly client: S3Client;
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws EngineMissingError */
export async function startS3Mock(url: string | undefined): Promise<RunningS3> {
  try {
    return url === undefined || url === '' ? await startOwn() : await connect(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineMissingError(`S3Mock is not to be had: ${why}. ${HOW}`);
  }
}

async function connect(url: string): Promise<RunningS3> {
  const client = clientOf(url);
  await untilAnswers(() => ask(client));
  return { client, url, stop: async () => client.destroy() };
}

async function startOwn(): Promise<RunningS3> {
  const libraries = await mavenLibraries(ARTIFACT);
  const root = await mkdtemp(join(tmpdir(), 'trailgate-s3-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const client = clientOf(url);
  const clear = async (): Promise<void> => {
    client.destroy();
    await rm(root, { recursive: true, force: true });
  };
  try {
    const engine = await startJava(
      [
        '-Xmx256m',
        '-Dorg.springframework.boot.logging.LoggingSystem=none',
        '-cp',
        `${libraries}/*`,
        LAUNCHER,
        '--server.address=127.0.0.1',
        `--server.port=${port}`,
        // A second listener that it cannot do without.
        '--http.port=0',
        `--com.adobe.testing.s3mock.store.root=${root}`,
        `--com.adobe.testing.s3mock.store.valid-kms-keys=arn:aws:kms:us-east-1:000000000000:key/${KMS_KEY}`,
      ],
      () => ask(client),
    );
    return { client, url, stop: () => stopJava(engine).then(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

function clientOf(endpoint: string): S3Client {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new S3Client({ region: 'us-east-1', endpoint, credentials, forcePathStyle: true });
}

function ask(client: S3Client): Promise<unknown> {
  return client.send(new ListBucketsCommand({}), { abortSignal: AbortSignal.timeout(2_000) });
}
