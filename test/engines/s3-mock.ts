/** Gets Adobe's S3Mock with Maven, once, and runs it on a free loopback port for the tests that need a real S3 API. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { EngineMissingError } from './engine-missing-error.ts';
import { freePort } from './free-port.ts';

const VERSION = '5.2.0';
const CACHE = new URL(`../../node_modules/.cache/s3-mock/${VERSION}`, import.meta.url).pathname;
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
  if (url !== undefined && url !== '') {
    const client = clientOf(url);
    await untilAnswers(client, () => undefined);
    return { client, url, stop: async () => client.destroy() };
  }
  const libraries = await getLibraries();
  const root = await mkdtemp(join(tmpdir(), 'trailgate-s3-'));
  const port = await freePort();
  const engine = spawn(
    'java',
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
    { stdio: 'ignore' },
  );
  const address = `http://127.0.0.1:${port}`;
  const client = clientOf(address);
  const stop = async (): Promise<void> => {
    client.destroy();
    await stopped(engine);
    await rm(root, { recursive: true, force: true });
  };
  let ended: string | undefined;
  engine.on('error', (error) => {
    ended = error.message;
  });
  engine.on('exit', (code) => {
    ended = `java ended with code ${code}`;
  });
  try {
    await untilAnswers(client, () => ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { client, url: address, stop };
}

function clientOf(endpoint: string): S3Client {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new S3Client({ region: 'us-east-1', endpoint, credentials, forcePathStyle: true });
}

async function untilAnswers(client: S3Client, ended: () => string | undefined): Promise<void> {
  let last = 'no answer';
  for (let tries = 0; tries < 150; tries++) {
    const end = ended();
    if (end !== undefined) throw missing(end);
    try {
      await client.send(new ListBucketsCommand({}), { abortSignal: AbortSignal.timeout(2_000) });
      return;
    } catch (error) {
      last = String(error);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw missing(last);
}

/** Folder with the engine's jars; filled on the first run. */
async function getLibraries(): Promise<string> {
  if (existsSync(CACHE)) return CACHE;
  const filling = `${CACHE}.${process.pid}`;
  await mkdir(filling, { recursive: true });
  const pom = join(filling, 'pom.xml');
  await writeFile(pom, POM);
  try {
    const goal = 'dependency:copy-dependencies';
    await promisify(execFile)('mvn', ['-q', '-B', '-f', pom, goal, `-DoutputDirectory=${filling}`]);
    await rename(filling, CACHE);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    throw missing(error instanceof Error ? error.message.slice(0, 500) : String(error));
  }
  return CACHE;
}

function missing(why: string): EngineMissingError {
  return new EngineMissingError(`S3Mock is not to be had: ${why}. ${HOW}`);
}

async function stopped(engine: ChildProcess): Promise<void> {
  if (engine.pid === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
  const exit = new Promise((resolve) => engine.once('exit', resolve));
  engine.kill('SIGKILL');
  await exit;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>trailgate.test</groupId>
  <artifactId>s3-mock</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>com.adobe.testing</groupId>
      <artifactId>s3mock</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
