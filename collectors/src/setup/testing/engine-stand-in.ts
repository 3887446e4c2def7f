/**
 * A local HTTP server that answers as OpenSearch with its plugins and Dashboards is documented to, for what the
 * engine of the tests does not have; template and index calls it keeps and gives back without understanding them.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../schema/mapping.ts';
import { AlertingStandIn } from './alerting-stand-in.ts';
import { DashboardsStandIn } from './dashboards-stand-in.ts';
import { IsmStandIn } from './ism-stand-in.ts';
import type { Question, Reply } from './question.ts';
import { SecurityAnalyticsStandIn } from './security-analytics-stand-in.ts';
import { SecurityStandIn } from './security-stand-in.ts';

export class EngineStandIn {
  readonly ism: IsmStandIn = new IsmStandIn();
  readonly security: SecurityStandIn = new SecurityStandIn();
  readonly alerting: AlertingStandIn = new AlertingStandIn();
  readonly securityAnalytics: SecurityAnalyticsStandIn = new SecurityAnalyticsStandIn();
  readonly dashboards: DashboardsStandIn = new DashboardsStandIn();
  readonly components: Map<string, unknown> = new Map();
  readonly templates: Map<string, unknown> = new Map();
  /** Mappings by index; `aliased` are those that carry their channel's alias. */
  readonly indices: Map<string, Json> = new Map();
  readonly aliased: Set<string> = new Set();
  /** Of the aliased, those through which their alias is written. */
  readonly writeIndices: Set<string> = new Set();
  /** Method and path of each call that changes something, and all headers of the last call. */
  readonly writes: string[] = [];
  lastHeaders: IncomingMessage['headers'] = {};
  /** What is answered instead, where it is not undefined. */
  instead: (question: Question) => Reply | undefined = () => undefined;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const text = Buffer.concat(chunks).toString();
      const method = request.method ?? '';
      const path = decodeURIComponent(pathname);
      this.lastHeaders = request.headers;
      if (method !== 'GET' && !READING.test(path)) this.writes.push(`${method} ${path}`);
      const json = text !== '' && request.headers['content-type'] === 'application/json';
      const question = {
        method,
        path,
        query: searchParams,
        headers: request.headers,
        body: json ? (JSON.parse(text) as Json) : {},
        text,
      };
      const { status, body } = this.instead(question) ?? this.#answer(question);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(question: Question): Reply {
    const { path, method, body } = question;
    if (this.alerting.answers(question)) return this.alerting.answer(question);
    if (this.securityAnalytics.answers(question)) return this.securityAnalytics.answer(question);
    if (this.dashboards.answers(question)) return this.dashboards.answer(question);
    if (path.startsWith('/_plugins/_ism/')) return this.ism.answer(question, [...this.indices.keys()]);
    if (path.startsWith('/_plugins/_security/api/')) return this.security.answer(question);
    const [, kind, name = ''] = /^\/_(component_template|index_template)\/(.+)$/.exec(path) ?? [];
    if (kind !== undefined) {
      const kept = kind === 'component_template' ? this.components : this.templates;
      if (method === 'GET') return listed(kind, kept);
      kept.set(name, body);
      return ACKNOWLEDGED;
    }
    return this.#index(question);
  }

  #aliases(index: string): Json {
    const [alias = ''] = index.split('-');
    return { [alias]: this.writeIndices.has(index) ? { is_write_index: true } : {} };
  }

  /** What an index gets of the templates: alias, fields and policy. */
  #create(index: string): void {
    const [channel = ''] = index.split('-');
    const { composed_of: parts = [] } = (this.templates.get(`trailgate-${channel}`) ?? {}) as {
      composed_of?: readonly string[];
    };
    const mappings = parts.map((name) => {
      const { template } = this.components.get(name) as { template: { mappings?: Json } };
      return template.mappings ?? {};
    });
    this.indices.set(index, mappings.reduce(merged, {}));
    this.aliased.add(index);
    this.ism.created(index);
  }

  #index({ path, method, body }: Question): Reply {
    const [, target = '', what] = /^\/([^/]+)(?:\/(_mapping|_alias))?/.exec(path) ?? [];
    if (method === 'POST' && path === '/_aliases') {
      for (const { add } of body.actions as { add: { index: string; is_write_index?: boolean } }[]) {
        this.aliased.add(add.index);
        if (add.is_write_index !== undefined) this.writeIndices.delete(add.index);
        if (add.is_write_index === true) this.writeIndices.add(add.index);
      }
      return ACKNOWLEDGED;
    }
    if (method === 'PUT') {
      if (what === undefined) this.#create(target);
      else this.indices.set(target, body);
      return ACKNOWLEDGED;
    }
    const found = [...this.indices].filter(
      ([name]) => name === target || name.startsWith(target.replace('*', '')),
    );
    if (what === '_mapping') {
      return { status: 200, body: Object.fromEntries(found.map(([name, mappings]) => [name, { mappings }])) };
    }
    const named = found.filter(
      ([name]) => name === target || (target.endsWith('*') && this.aliased.has(name)),
    );
    return named.length === 0
      ? { status: 404, body: { error: 'alias missing', status: 404 } }
      : {
          status: 200,
          body: Object.fromEntries(named.map(([name]) => [name, { aliases: this.#aliases(name) }])),
        };
  }
}

/** Questions that need a body. */
const READING = /\/(?:_search|_bulk_get)$/;

const ACKNOWLEDGED: Reply = { status: 200, body: { acknowledged: true } };

/** Objects within objects as one. */
function merged(left: Json, right: Json): Json {
  const both = Object.entries(right).map(([name, value]) => {
    const had = left[name];
    return [name, isObject(had) && isObject(value) ? merged(had, value) : value];
  });
  return { ...left, ...Object.fromEntries(both) };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listed(kind: string, kept: ReadonlyMap<string, unknown>): Reply {
  const list = [...kept].map(([name, template]) => ({ name, [kind]: template }));
  return { status: list.length === 0 ? 404 : 200, body: { [`${kind}s`]: list } };
}
