/** Creates a file whole or not at all, whoever else tries the same at the same time. */
import { randomUUID } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SUFFIX = '.json';

/** Whether the file was created: false when the name is taken, whose content then stays. The folder must be there. */
export async function createFile(folder: string, name: string, text: string): Promise<boolean> {
  const unfinished = join(folder, `.${randomUUID()}.tmp`);
  await writeFile(unfinished, text, { flag: 'wx' });
  try {
    // Unlike a rename, a link fails when somebody else was first.
    await link(unfinished, join(folder, name + SUFFIX));
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  } finally {
    await rm(unfinished);
  }
}

/** The name under which {@link createFile} was called, or undefined for anything else in the folder. */
export function createdName(file: string): string | undefined {
  return file.endsWith(SUFFIX) && !file.startsWith('.') ? file.slice(0, -SUFFIX.length) : undefined;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
