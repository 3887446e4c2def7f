/** Gets AWS's runtime interface client for Node.js, and puts a stand-in where it expects its native addon. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchedPackage } from './fetched-package.ts';

const VERSION = '4.0.2';
const STAND_IN = new URL('./rapid-client.cjs', import.meta.url).pathname;

/** Path of the client's own, unchanged `index.mjs`. */
export async function runtimeInterfaceClient(): Promise<string> {
  const folder = await fetchedPackage('aws-lambda-ric', VERSION);
  // A folder of the addon's name is loaded as a package, where a file of that name would have to be a library.
  const addon = join(folder, 'rapid-client.node');
  await mkdir(addon, { recursive: true });
  await copyFile(STAND_IN, join(addon, 'index.cjs'));
  await writeFile(join(addon, 'package.json'), JSON.stringify({ main: 'index.cjs' }));
  return join(folder, 'index.mjs');
}
