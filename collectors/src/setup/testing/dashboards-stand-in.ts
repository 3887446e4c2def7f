/** Saved objects of OpenSearch Dashboards as the managed service has them on the address of the engine. */
import type { Json } from '../../schema/mapping.ts';
import type { Question, Reply } from './question.ts';

const ROOT = '/_dashboards/api/saved_objects/';

interface Named {
  readonly type: string;
  readonly id: string;
}

export class DashboardsStandIn {
  /** By type and id. */
  readonly objects: Map<string, Json> = new Map();

  answers({ path }: Question): boolean {
    return path.startsWith('/_dashboards/');
  }

  answer(question: Question): Reply {
    if (question.headers['osd-xsrf'] === undefined) {
      return { status: 400, body: { statusCode: 400, message: 'Request must contain a osd-xsrf header.' } };
    }
    return question.path === `${ROOT}_import` ? this.#import(question) : this.#bulkGet(question);
  }

  #bulkGet({ body }: Question): Reply {
    const saved_objects = (body as unknown as readonly Named[]).map(
      ({ type, id }) =>
        this.objects.get(`${type}:${id}`) ?? {
          ...{ type, id },
          error: { statusCode: 404, error: 'Not Found', message: `Saved object [${type}/${id}] not found` },
        },
    );
    return { status: 200, body: { saved_objects } };
  }

  #import({ text, headers, query }: Question): Reply {
    const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '') ?? [];
    const [, head = '', ...rest] = text.split(`--${boundary}`);
    const [names = '', file = ''] = head.split('\r\n\r\n');
    if (rest.length !== 1 || rest[0] !== '--\r\n' || !/name="file"; filename="\w+\.ndjson"/.test(names)) {
      return { status: 400, body: { statusCode: 400, message: '[request body.file]: expected a file' } };
    }
    const objects = file
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Named & { references: readonly Named[] });
    const here = new Set([...this.objects.keys(), ...objects.map(({ type, id }) => `${type}:${id}`)]);
    const errors = objects
      .filter(({ references }) => references.some(({ type, id }) => !here.has(`${type}:${id}`)))
      .map(({ type, id, references }) => ({ type, id, error: { type: 'missing_references', references } }));
    for (const object of objects) {
      const key = `${object.type}:${object.id}`;
      if (errors.length > 0 || (this.objects.has(key) && query.get('overwrite') !== 'true')) continue;
      this.objects.set(key, { ...object, version: 'WzEsMV0=', updated_at: '2026-11-22T00:00:00.000Z' });
    }
    const success = errors.length === 0;
    return {
      status: 200,
      body: { success, successCount: success ? objects.length : 0, ...(!success && { errors }) },
    };
  }
}
