/** Gets DynamoDB Local with Maven, once, and runs it on a free loopback port for the tests that need the real engine. */
import { createDynamoClient, type DynamoClient } from '@trailgate/sdk/limits';
import { EngineMissingError } from './engine-missing-error.ts';
import { freePort } from './free-port.ts';
import { startJava, stopJava, untilAnswers } from './java-process.ts';
import { mavenLibraries } from './maven-libraries.ts';

const ARTIFACT = { groupId: 'com.amazonaws', artifactId: 'DynamoDBLocal', version: '2.6.1' };
const LAUNCHER = new URL('./DynamoOnLoopback.java', import.meta.url).pathname;
const HOW =
  'Install a JDK (17 or later) and Maven, or name a running engine: DYNAMODB_URL=http://127.0.0.1:8000 npm run test:engines';

export interface RunningDynamo {
  readonly dynamo: DynamoClient;
  stop(): Promise<void>;
}

/** @throws EngineMissingError */
export async function startDynamoLocal(url: string | undefined): Promise<RunningDynamo> {
  try {
    return url === undefined || url === '' ? await startOwn() : await connect(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineMissingError(`DynamoDB Local is not to be had: ${why}. ${HOW}`);
  }
}

async function connect(url: string): Promise<RunningDynamo> {
  const dynamo = clientOf(url);
  await untilAnswers(() => ask(dynamo));
  return { dynamo, stop: async () => dynamo.close() };
}

async function startOwn(): Promise<RunningDynamo> {
  const libraries = await mavenLibraries(ARTIFACT);
  const port = await freePort();
  const dynamo = clientOf(`http://127.0.0.1:${port}`);
  const engine = await startJava(
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
    () => ask(dynamo),
  );
  return {
    dynamo,
    stop: async () => {
      dynamo.close();
      await stopJava(engine);
    },
  };
}

function clientOf(endpoint: string): DynamoClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return createDynamoClient({ region: 'eu-central-1', endpoint, credentials });
}

function ask(dynamo: DynamoClient): Promise<unknown> {
  return dynamo.send('ListTables', {}, { timeoutMs: 2000 });
}
