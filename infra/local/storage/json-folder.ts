/** A folder of JSON objects, each written whole, kept under its id and never changed by a second writer. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createdName, createFile } from './create-file.ts';
import { fileName } from './file-name.ts';

export class JsonFolder<T> {
  readonly #folder: string;

  /** The folder is created with the first object. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Keeps the object; one that has the same id already stays as it is. */
  async keep(id: string, object: T): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await createFile(this.#folder, fileName(id), JSON.stringify(object));
  }

  /** All objects, by name. */
  async list(): Promise<readonly T[]> {
    const names = await this.files();
    return Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(this.#folder, name), 'utf8')) as T),
    );
  }

  async count(): Promise<number> {
    return (await this.files()).length;
  }

  /** Names of the files, sorted. */
  async files(): Promise<readonly string[]> {
    await mkdir(this.#folder, { recursive: true });
    return (await readdir(this.#folder)).filter((file) => createdName(file) !== undefined).sort();
  }

  /** The name that the object of this id has. */
  fileOf(id: string): string {
    return `${fileName(id)}.json`;
  }

  /** Undefined when the file is gone. */
  async bytes(file: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, file));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Puts another object in the place of a file, at one stroke. */
  async replace(file: string, object: T): Promise<void> {
    const unfinished = join(this.#folder, `.${randomUUID()}.tmp`);
    try {
      await writeFile(unfinished, JSON.stringify(object), { flag: 'wx' });
      await rename(unfinished, join(this.#folder, file));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  /** Moves a file into a folder inside this one; a file that is gone already is success. */
  async moveInto(inner: string, file: string): Promise<void> {
    await mkdir(join(this.#folder, inner), { recursive: true });
    try {
      await rename(join(this.#folder, file), join(this.#folder, inner, file));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
