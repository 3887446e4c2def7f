/** What an OpenSearch index does with documents: op `create`, a strict mapping, and a limit on the size of a body. */
import { type BulkOutcome, BulkTooLargeError } from '@trailgate/collectors';
import { FIELDS } from '@trailgate/collectors/schema';

/** A document as one bulk call carried it, copied, because the call's bytes are not for keeping. */
export interface SentDocument {
  readonly index: string;
  readonly id: string;
  readonly source: string;
}

interface Leaf {
  readonly type: string;
}
type Mapping = Map<string, Mapping | Leaf>;

export class IndexStore {
  /** Source by `<index>/<id>`. */
  readonly documents: Map<string, string> = new Map();
  /** Unset once an operator has mended the mapping, so that what it refused is taken. */
  strict = true;
  /** Told of each document when it becomes searchable. */
  onCreate: (path: string) => void = () => undefined;
  readonly #bodyLimit: number;

  constructor(bodyLimit: number) {
    this.#bodyLimit = bodyLimit;
  }

  /** @throws BulkTooLargeError before anything is written. */
  bulk(
    documents: readonly SentDocument[],
    bytes: number,
    refusal: (position: number) => BulkOutcome | undefined = () => undefined,
  ): readonly BulkOutcome[] {
    if (bytes > this.#bodyLimit) throw new BulkTooLargeError(`413: ${bytes} bytes`);
    return documents.map((document, position) => refusal(position) ?? this.create(document));
  }

  create({ index, id, source }: SentDocument): BulkOutcome {
    const path = `${index}/${id}`;
    if (this.documents.has(path)) return { status: 'exists' };
    const fault = this.strict ? mappingFault(index, source) : undefined;
    if (fault !== undefined) return { status: 'rejected', reason: fault };
    this.documents.set(path, source);
    this.onCreate(path);
    return { status: 'created' };
  }
}

const MAPPINGS: Readonly<Record<'business' | 'trail', Mapping>> = {
  business: mappingOf('business'),
  trail: mappingOf('trail'),
};

function mappingOf(channel: 'business' | 'trail'): Mapping {
  const root: Mapping = new Map();
  for (const { name, type } of FIELDS[channel]) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    let place = root;
    for (const part of path) {
      const inner = place.get(part);
      const next: Mapping = inner instanceof Map ? inner : new Map();
      place.set(part, next);
      place = next;
    }
    place.set(last, { type });
  }
  return root;
}

/** The reason for which the strict mapping refuses a document, or undefined. */
export function mappingFault(index: string, source: string): string | undefined {
  const mapping = MAPPINGS[index.startsWith('trail') ? 'trail' : 'business'];
  return objectFault(JSON.parse(source) as object, mapping, '');
}

function objectFault(value: object, mapping: Mapping, path: string): string | undefined {
  for (const [name, member] of Object.entries(value)) {
    const place = path === '' ? name : `${path}.${name}`;
    const known = mapping.get(name);
    if (known === undefined) return `strict_dynamic_mapping_exception: ${place}`;
    const fault = known instanceof Map ? innerFault(member, known, place) : leafFault(member, known, place);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function innerFault(value: unknown, mapping: Mapping, path: string): string | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const fault = innerFault(item, mapping, path);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (typeof value === 'object') return objectFault(value, mapping, path);
  return `mapper_parsing_exception: ${path}`;
}

function leafFault(value: unknown, { type }: Leaf, path: string): string | undefined {
  if (type === 'stored' || type === 'flat_object' || value === null) return undefined;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isNumber = type === 'long' || type === 'double';
  const refused = items.some(
    (item) => (typeof item === 'object' && item !== null) || (isNumber && Number.isNaN(Number(item))),
  );
  return refused ? `mapper_parsing_exception: ${path}` : undefined;
}
