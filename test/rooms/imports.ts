/** Finds what each file of the rooms imports, as text: enough to see an arrow that points the wrong way. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Import {
  /** Path from the root of the project. */
  readonly file: string;
  readonly specifier: string;
}

/** From the beginning of a line, or sources that tests hold as text would count. */
const SPECIFIER =
  /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm;

export function importsOf(root: string, room: string): Import[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
    .flatMap((path) => {
      const file = join(room, path);
      const text = readFileSync(join(root, file), 'utf8');
      return [...text.matchAll(SPECIFIER)].map(([, specifier]) => ({ file, specifier: specifier ?? '' }));
    });
}

/** The relative imports that leave their room. */
export function escapes(root: string, room: string, imports: readonly Import[]): Import[] {
  return imports.filter(({ file, specifier }) => {
    if (!specifier.startsWith('.')) return false;
    const target = relative(join(root, room), resolve(root, dirname(file), specifier));
    return target.startsWith('..');
  });
}
