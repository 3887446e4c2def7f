/** The Node versions that the SDK promises to run on: the one that is deployed, and the oldest. */
import { join } from 'node:path';
import { fetchedPackage } from './fetched-package.ts';

/** The dev dependency, which is what tests run on in any case. */
const DEPLOYED = new URL('../../node_modules/node/bin/node', import.meta.url).pathname;
/** The `engines` of the package. */
const OLDEST = '22.15.0';

export interface NodeVersion {
  readonly major: '22' | '24';
  /** Path of the executable; fetched where it is not there. */
  readonly executable: () => Promise<string>;
}

export const NODE_VERSIONS: readonly NodeVersion[] = [
  { major: '24', executable: async () => DEPLOYED },
  {
    major: '22',
    executable: async () => {
      const name = `node-${process.platform}-${process.arch}`;
      return join(await fetchedPackage(name, OLDEST, ['bin/node']), 'bin/node');
    },
  },
];
