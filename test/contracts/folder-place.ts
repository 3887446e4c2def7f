/** A pair of folders for the quarantine contracts, as a stack has them. */
import { mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderQuarantineStore } from '../../infra/local/storage/folder-quarantine-store.ts';
import type { KeptPlace } from './quarantine-contract.ts';

export function folderPlace(root: string): KeptPlace {
  const folder = mkdtempSync(join(root, 'place-'));
  const folders = { quarantine: join(folder, 'quarantine'), failures: join(folder, 'failures') };
  let failures = 0;
  const leave = async (inside: string, name: string, text: string): Promise<void> => {
    await mkdir(inside, { recursive: true });
    await writeFile(join(inside, name), text);
  };
  return {
    open: () => new FolderQuarantineStore(folders),
    spoilEntries: (text) => leave(folders.quarantine, 'notes.json', text),
    leaveFailure: (text) => leave(folders.failures, `failure-${failures++}.json`, text),
  };
}
