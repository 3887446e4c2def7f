/** The plugin Security Analytics with answers as its source has them: it keeps what it is given and gives out ids. */
import type { Json } from '../../schema/mapping.ts';
import type { Question, Reply } from './question.ts';

const ROOT = '/_plugins/_security_analytics/';

interface Kept {
  readonly kind: string;
  readonly body: Json;
}

export class SecurityAnalyticsStandIn {
  /** By the id that the plugin gave. */
  readonly kept: Map<string, Kept> = new Map();
  /** Mapped alias fields by index; those of the schema are there from the beginning. */
  readonly mapped: Map<string, Json> = new Map();
  #made = 0;

  answers({ path }: Question): boolean {
    return path.startsWith(ROOT);
  }

  answer(question: Question): Reply {
    const { method, path, query, body, text } = question;
    const [kind = '', id = ''] = path.slice(ROOT.length).split('/');
    if (kind === 'mappings') return this.#mapping(method, query, body);
    if (id === '_search') return this.#search(kind, JSON.stringify(body.query));
    const content = kind === 'rules' ? ruleOf(text, query) : body;
    const wrong = this.#fault(kind, content);
    if (wrong !== undefined) return fault(400, wrong);
    if (method === 'PUT') {
      if (!this.kept.has(id)) return fault(404, `${kind} with ${id} is not found`);
      if (kind === 'rules' && query.get('forced') !== 'true') {
        return fault(400, `Rule with id ${id} is actively used by detectors. Update can be forced`);
      }
    }
    const own = method === 'POST' ? `${kind}-${++this.#made}` : id;
    this.kept.set(own, { kind, body: content });
    return { status: method === 'POST' ? 201 : 200, body: { _id: own, _version: 1 } };
  }

  #fault(kind: string, content: Json): string | undefined {
    const types = this.#of('logtype').map(([, { name }]) => name);
    switch (kind) {
      case 'logtype':
        return /^[a-z0-9_-]{2,50}$/.test(String(content.name)) ? undefined : 'Invalid log type name';
      case 'rules':
        return types.includes(content.category) ? undefined : `Invalid rule category ${content.category}`;
      case 'detectors': {
        if (!types.includes(content.detector_type)) return `logtype ${content.detector_type} does not exist`;
        const [input] = content.inputs as { detector_input: { custom_rules: { id: string }[] } }[];
        const unknown = input?.detector_input.custom_rules.find(({ id }) => !this.kept.has(id));
        return unknown === undefined ? undefined : `rule ${unknown.id} is not found`;
      }
      default:
        return `no such thing: ${kind}`;
    }
  }

  #of(wanted: string): readonly [string, Json][] {
    return [...this.kept].flatMap(([id, { kind, body }]) =>
      kind === wanted ? [[id, body] as [string, Json]] : [],
    );
  }

  /** Before the first of a kind, its index is not there; names are matched as the text of the query holds them. */
  #search(kind: string, query: string): Reply {
    const all = this.#of(kind);
    if (all.length === 0) return fault(404, 'no such index');
    const hits = all
      .filter(([, { name, category }]) => query.includes(JSON.stringify(kind === 'rules' ? category : name)))
      .map(([_id, _source]) => ({ _id, _source }));
    return { status: 200, body: { hits: { total: { value: hits.length }, hits } } };
  }

  #mapping(method: string, query: URLSearchParams, body: Json): Reply {
    if (method === 'GET') {
      const index = String(query.get('index_name'));
      const properties = this.mapped.get(index);
      if (properties === undefined) return fault(404, 'No mappings found');
      return { status: 200, body: { [index]: { mappings: { properties } } } };
    }
    this.mapped.set(String(body.index_name), (body.alias_mappings as Json).properties as Json);
    return { status: 200, body: { acknowledged: true } };
  }
}

/** A rule as it is found again: parts of its YAML, and the whole text. */
function ruleOf(text: string, query: URLSearchParams): Json {
  const title = /^title: "?([^"\n]*)/m.exec(text)?.[1];
  return { title, category: query.get('category'), rule: text };
}

function fault(status: number, reason: string): Reply {
  const type = 'security_analytics_exception';
  return { status, body: { error: { root_cause: [{ type, reason }], type, reason }, status } };
}
