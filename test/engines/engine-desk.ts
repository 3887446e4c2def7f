/** Asks a test's OpenSearch directly, past the code that is tested. */

export class EngineDesk {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  get(path: string): Promise<unknown> {
    return this.#ask('GET', path);
  }

  put(path: string, body?: object): Promise<unknown> {
    return this.#ask('PUT', path, body);
  }

  post(path: string, body?: object): Promise<unknown> {
    return this.#ask('POST', path, body);
  }

  /** Removes all indices of a name pattern. */
  async remove(pattern: string): Promise<void> {
    const found = (await this.get(
      `/_cat/indices/${pattern}?format=json&h=index&expand_wildcards=all`,
    )) as readonly {
      readonly index: string;
    }[];
    // By name: engines may forbid to remove by pattern.
    for (const { index } of found) await this.#ask('DELETE', `/${index}`);
  }

  block(index: string, kind: 'write' | 'read_only_allow_delete', on: boolean): Promise<unknown> {
    return this.put(`/${index}/_settings`, { [`index.blocks.${kind}`]: on ? true : null });
  }

  /** Source by id of everything in an index; empty when there is none. */
  async sources(index: string): Promise<ReadonlyMap<string, string>> {
    const target = `/${index}/_search?ignore_unavailable=true&size=10000`;
    await this.post(`/${index}/_refresh?ignore_unavailable=true`);
    const { hits } = (await this.post(target, {})) as {
      readonly hits: { readonly hits: readonly { readonly _id: string; readonly _source: unknown }[] };
    };
    return new Map(hits.hits.map(({ _id, _source }) => [_id, JSON.stringify(_source)]));
  }

  async maxContentLength(): Promise<number> {
    const { nodes } = (await this.get(
      '/_nodes/http?filter_path=nodes.*.http.max_content_length_in_bytes',
    )) as {
      readonly nodes: Readonly<
        Record<string, { readonly http: { readonly max_content_length_in_bytes: number } }>
      >;
    };
    return Math.min(...Object.values(nodes).map(({ http }) => http.max_content_length_in_bytes));
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.url + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}
