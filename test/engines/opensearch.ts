/** Gets OpenSearch with Maven, once, and runs it on a free loopback port for the tests that need the real engine. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EngineMissingError } from './engine-missing-error.ts';
import { freePort } from './free-port.ts';
import { findJavaHome } from './java-home.ts';

const VERSION = '3.8.0';
const ARTIFACT = `org.opensearch.distribution.integ-test-zip:opensearch:${VERSION}:zip`;
const CACHE = new URL('../../node_modules/.cache/opensearch', import.meta.url).pathname;
const ARCHIVE = join(CACHE, `opensearch-${VERSION}.zip`);
const MIN_JAVA = 21;
const HOW = `Install a JDK (${MIN_JAVA} or later) and Maven, or name a running engine: OPENSEARCH_URL=http://127.0.0.1:9200 npm run test:engines`;

/** OpenSearch refuses to run as root; this is the id of `nobody` on Linux. */
const NOBODY = 65_534;
const START_TRIES = 300;
/** One that runs already answers at once, or is not there. */
const NAMED_TRIES = 10;
const PAUSE_MS = 300;

const SETTINGS = {
  'discovery.type': 'single-node',
  'network.host': '127.0.0.1',
  'cluster.routing.allocation.disk.threshold_enabled': 'false',
  // What the small instance types of the managed service take.
  'http.max_content_length': '10mb',
} as const;

export interface RunningOpenSearch {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A running engine that was named is taken and left as it is. @throws EngineMissingError */
export async function startOpenSearch(url: string | undefined): Promise<RunningOpenSearch> {
  if (url !== undefined && url !== '') {
    const named = url.replace(/\/+$/, '');
    await untilReady(named, NAMED_TRIES, async () => undefined);
    return { url: named, stop: async () => undefined };
  }
  const archive = await getArchive();
  const java = await findJavaHome(MIN_JAVA, [process.env.OPENSEARCH_JAVA_HOME, process.env.JAVA_HOME]);
  if ('seen' in java) throw missing(`a JDK of at least ${MIN_JAVA} is needed, and here is ${java.seen}`);
  const folder = await mkdtemp(join(tmpdir(), 'trailgate-opensearch-'));
  try {
    return await run(java.home, await unpack(java.home, archive, folder), folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error instanceof EngineMissingError ? error : missing(reasonOf(error));
  }
}

async function run(javaHome: string, home: string, folder: string): Promise<RunningOpenSearch> {
  const port = await freePort();
  const log = join(folder, 'output.log');
  const output = await open(log, 'a');
  const settings = { ...SETTINGS, 'http.port': port, 'path.data': join(folder, 'data') };
  const engine = spawn(
    'bash',
    ['bin/opensearch', ...Object.entries(settings).map(([name, value]) => `-E${name}=${value}`)],
    {
      cwd: home,
      env: {
        PATH: process.env.PATH,
        OPENSEARCH_JAVA_HOME: javaHome,
        OPENSEARCH_JAVA_OPTS: '-Xms512m -Xmx512m',
        OPENSEARCH_TMPDIR: folder,
      },
      stdio: ['ignore', output.fd, output.fd],
      // A group of its own, ended as one.
      detached: true,
      ...(isRoot() ? { uid: NOBODY, gid: NOBODY } : {}),
    },
  );
  await output.close();
  const heir = engine.pid === undefined ? undefined : watchOver(engine.pid, folder);
  let ended: string | undefined;
  engine.once('error', (error) => {
    ended = error.message;
  });
  engine.once('exit', (code, signal) => {
    ended = `it ended with ${code ?? signal}`;
  });
  const stop = async (): Promise<void> => {
    await killGroup(engine);
    heir?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, START_TRIES, async () =>
      ended === undefined ? undefined : `${ended}: ${(await readFile(log, 'utf8')).slice(-1_000)}`,
    );
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ends the engine and removes its folder when this process is killed and can no longer do so itself. */
function watchOver(group: number, folder: string): ChildProcess {
  const script = 'read -r _; kill -s KILL -- "-$0"; rm -rf "$1"';
  const heir = spawn('sh', ['-c', script, String(group), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  heir.unref();
  return heir;
}

async function killGroup(engine: ChildProcess): Promise<void> {
  const { pid } = engine;
  if (pid === undefined || engine.exitCode !== null || engine.signalCode !== null) return;
  const exit = new Promise((resolve) => engine.once('exit', resolve));
  process.kill(-pid, 'SIGKILL');
  await exit;
}

async function untilReady(
  url: string,
  most: number,
  ended: () => Promise<string | undefined>,
): Promise<void> {
  const { origin, pathname, username, password } = new URL(url);
  const basic = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = username === '' ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` };
  const health = `${origin}${pathname === '/' ? '' : pathname}/_cluster/health`;
  let last = 'no answer';
  for (let tries = 0; tries < most; tries++) {
    const end = await ended();
    if (end !== undefined) throw missing(end);
    try {
      const response = await fetch(health, { headers, signal: AbortSignal.timeout(3_000) });
      if (response.ok) return;
      last = `${origin} answers ${response.status}`;
    } catch (error) {
      last = reasonOf(error);
    }
    await sleep(PAUSE_MS);
  }
  throw missing(last);
}

/** Path of the distribution as it was published; fetched on the first run. */
async function getArchive(): Promise<string> {
  if (existsSync(ARCHIVE)) return ARCHIVE;
  const filling = `${CACHE}.${process.pid}`;
  await mkdir(filling, { recursive: true });
  await mkdir(CACHE, { recursive: true });
  try {
    await promisify(execFile)('mvn', [
      ...['-q', '-B', 'dependency:copy', `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${filling}`],
    ]);
    await rename(join(filling, `opensearch-${VERSION}.zip`), ARCHIVE);
  } catch (error) {
    throw missing(reasonOf(error));
  } finally {
    await rm(filling, { recursive: true, force: true });
  }
  return ARCHIVE;
}

/** A copy for this run alone, owned by whoever runs it: the engine writes beside its program, too. */
async function unpack(javaHome: string, archive: string, folder: string): Promise<string> {
  const command = promisify(execFile);
  await command(join(javaHome, 'bin/jar'), ['xf', archive], { cwd: folder });
  if (isRoot()) await command('chown', ['-R', `${NOBODY}:${NOBODY}`, folder]);
  return join(folder, `opensearch-${VERSION}`);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function missing(why: string): EngineMissingError {
  return new EngineMissingError(`OpenSearch is not to be had: ${why}. ${HOW}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // `fetch` says what happened in the cause alone.
  const { cause } = error;
  return (cause instanceof Error ? cause : error).message.slice(0, 500);
}
