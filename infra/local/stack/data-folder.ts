/** The folder that a local stack writes into: one that is kept, or a temporary one that goes with the stack. */
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    const folder = kept === undefined ? mkdtempSync(wanted) : wanted;
    const inside = (name: string): string => join(folder, name);
    for (const name of ['quarantine', 'failures']) mkdirSync(inside(name), { recursive: true });
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
