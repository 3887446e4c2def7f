/** A folder of JSON objects that are written once and never change. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
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
    const names = (await this.#files()).sort();
    return Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(this.#folder, name), 'utf8')) as T),
    );
  }

  async count(): Promise<number> {
    return (await this.#files()).length;
  }

  async #files(): Promise<string[]> {
    await mkdir(this.#folder, { recursive: true });
    return (await readdir(this.#folder)).filter((file) => createdName(file) !== undefined);
  }
}
