/** Gets DynamoDB Local with Maven, once, and runs it on a free loopback port for the tests that need the real engine. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDynamoClient, type DynamoClient } from '@trailgate/sdk/limits';

const VERSION = '2.6.1';
const CACHE = new URL(`../../node_modules/.cache/dynamodb-local/${VERSION}`, import.meta.url).pathname;
const LAUNCHER = new URL('./DynamoOnLoopback.java', import.meta.url).pathname;
const HOW =
  'Install a JDK (17 or later) and Maven, or name a running engine: DYNAMODB_URL=http://127.0.0.1:8000 npm run test:engines';

export class EngineMissingError extends Error {
  override readonly name = 'EngineMissingError';
  readonly code = 'engine_missing';

  constructor(why: string) {
    super(`DynamoDB Local is not to be had: ${why}. ${HOW}`);
  }
}

export interface RunningDynamo {
  readonly dynamo: DynamoClient;
  stop(): Promise<void>;
}

/** @throws EngineMissingError */
export async function startDynamoLocal(url: string | undefined): Promise<RunningDynamo> {
  if (url !== undefined && url !== '') {
    const dynamo = clientOf(url);
    await untilAnswers(dynamo, () => undefined);
    return { dynamo, stop: async () => dynamo.close() };
  }
  const libraries = await getLibraries();
  const port = await freePort();
  const engine = spawn(
    'java',
    [
      `-Djava.library.path=${libraries}`,
      '-Xmx256m',
      '-cp',
      `${libraries}/*`,
      LAUNCHER,
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  const dynamo = clientOf(`http://127.0.0.1:${port}`);
  let ended: string | undefined;
  engine.on('error', (error) => {
    ended = error.message;
  });
  engine.on('exit', (code) => {
    ended = `java ended with code ${code}`;
  });
  try {
    await untilAnswers(dynamo, () => ended);
  } catch (error) {
    await stopped(engine);
    throw error;
  }
  return {
    dynamo,
    stop: async () => {
      dynamo.close();
      await stopped(engine);
    },
  };
}

function clientOf(endpoint: string): DynamoClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return createDynamoClient({ region: 'eu-central-1', endpoint, credentials });
}

async function untilAnswers(dynamo: DynamoClient, ended: () => string | undefined): Promise<void> {
  let last = 'no answer';
  for (let tries = 0; tries < 150; tries++) {
    const end = ended();
    if (end !== undefined) throw new EngineMissingError(end);
    try {
      await dynamo.send('ListTables', {}, { timeoutMs: 2000 });
      return;
    } catch (error) {
      last = String(error);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new EngineMissingError(last);
}

/** Folder with the engine's jars and native libraries; filled on the first run. */
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
    throw new EngineMissingError(error instanceof Error ? error.message.slice(0, 500) : String(error));
  }
  return CACHE;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new EngineMissingError('no free port');
  return address.port;
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
  <artifactId>dynamodb-local</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>com.amazonaws</groupId>
      <artifactId>DynamoDBLocal</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
