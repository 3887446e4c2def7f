/** Roles and role mappings of the security plugin, with answers as version 3.4 gives them. */
import type { Json } from '../../schema/mapping.ts';
import type { Question, Reply } from './question.ts';

export class SecurityStandIn {
  readonly roles: Map<string, Json> = new Map();
  readonly rolesmapping: Map<string, Json> = new Map();

  answer({ method, path, body }: Question): Reply {
    const [, kind = '', name = ''] = /\/api\/(roles|rolesmapping)\/(.+)$/.exec(path) ?? [];
    const kept = kind === 'roles' ? this.roles : this.rolesmapping;
    const had = kept.get(name);
    if (method === 'GET') {
      return had === undefined
        ? { status: 404, body: { status: 'NOT_FOUND', message: `${kind} '${name}' not found.` } }
        : { status: 200, body: { [name]: had } };
    }
    kept.set(name, { reserved: false, hidden: false, static: false, ...body, ...permissions(body) });
    return had === undefined
      ? { status: 201, body: { status: 'CREATED', message: `'${name}' created.` } }
      : { status: 200, body: { status: 'OK', message: `'${name}' updated.` } };
  }
}

function permissions({ index_permissions }: Json): Json {
  if (!Array.isArray(index_permissions)) return {};
  return {
    index_permissions: index_permissions.map((one: Json) => ({ fls: [], masked_fields: [], ...one })),
  };
}
