/** The folder that a local stack writes into: one that is kept, or a temporary one that goes with the stack. */
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface DataFolder {
  readonly indexFile: string;
  readonly snapshots: string;
  readonly quarantine: string;
  readonly failures: string;
  close(): void;
}

export class DataFolderError extends Error {
  readonly code = 'DATA_FOLDER';
  constructor(folder: string, cause: NodeJS.ErrnoException) {
    super(`data folder ${folder}: expected a folder that can be written, got ${cause.code ?? cause.message}`);
    this.name = 'DataFolderError';
  }
}

/** Throws DataFolderError when the folder cannot be made or written. */
export function openDataFolder(kept: string | undefined): DataFolder {
  const wanted = kept ?? join(tmpdir(), 'trailgate-');
  try {
    const folder = kept === undefined ? mkdtempSync(wanted) : resolve(wanted);
    const inside = (name: string): string => join(folder, name);
    for (const name of ['quarantine', 'failures']) makeFolder(inside(name));
    accessSync(folder, constants.W_OK);
    return {
      indexFile: inside('index.sqlite'),
      snapshots: inside('snapshots.sqlite'),
      quarantine: inside('quarantine'),
      failures: inside('failures'),
      close: () => {
        if (kept === undefined) rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    throw new DataFolderError(wanted, error as NodeJS.ErrnoException);
  }
}

/** Level by level: the recursive `mkdir` of Node never returns where the system answers ENOENT for ever, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
