/** Makes the emitted type declarations whole: types of our other rooms are taken along, since their packages are not published. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** `import type { A, B as C } from '@trailgate/room/entry';` */
const OURS = /import (?:type )?\{([^}]*)\} from '@trailgate\/(\w+)((?:\/[\w-]+)*)';/g;
const RELATIVE = /from '(\.[^']+)\.ts'/g;
/** `export { type A, B } from './file.ts'`, or `export * from` it, in a public list. */
const LISTED = /export (?:type )?(?:\{([^}]*)\}|\*) from '(\.[^']+)\.ts'/g;

/**
 * `types` holds the declarations of all rooms, each under its folder's name, and `root` the sources. Declarations that
 * `entry` does not lead to are removed.
 */
export function takeOwnTypesAlong(types: string, entry: string, root: string): void {
  const kept = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (kept.has(file)) continue;
    kept.add(file);
    const path = join(types, file);
    const text = readFileSync(path, 'utf8').replace(OURS, (_, names: string, room: string, sub: string) =>
      namesOf(names)
        .map(
          (name) => `import type { ${name} } from '${specifier(file, definingFile(root, room, sub, name))}';`,
        )
        .join('\n'),
    );
    writeFileSync(path, text);
    for (const [, target] of text.matchAll(RELATIVE)) open.push(join(dirname(file), `${target}.d.ts`));
  }
  for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.ts') && !kept.has(file)) rmSync(join(types, file));
  }
}

function namesOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.replace(/^\s*type /, '').trim())
    .filter((name) => name !== '');
}

/** Of the room's public lists, the file that a name comes from; its declaration's path in `types`. */
function definingFile(root: string, room: string, sub: string, name: string): string {
  const manifest = JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, { readonly 'trail-source': string }>>;
  };
  const list = manifest.exports[`.${sub}`]?.['trail-source'];
  const [original = name] = name.split(' as ');
  const file = list === undefined ? undefined : findDefinition(join(root, room, list), original);
  if (file === undefined)
    throw new Error(`@trailgate/${room}${sub}: expected an entry that lists "${original}"`);
  return relative(root, file).replace(/\.ts$/, '.d.ts');
}

function findDefinition(file: string, name: string): string | undefined {
  const text = readFileSync(file, 'utf8');
  if (new RegExp(`^export (?:interface|type|const|function|class) ${name}\\b`, 'm').test(text)) return file;
  for (const [, names, target] of text.matchAll(LISTED)) {
    if (names !== undefined && !namesOf(names).includes(name)) continue;
    const found = findDefinition(join(dirname(file), `${target}.ts`), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.d\.ts$/, '.ts');
  return path.startsWith('.') ? path : `./${path}`;
}
