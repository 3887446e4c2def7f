/** Reads which objects an import file of OpenSearch Dashboards has, and wraps it as the form that the import takes. */
import { objectOr } from './engine.ts';
import { SetupContentError } from './setup-errors.ts';

export interface SavedObjectName {
  readonly type: string;
  readonly id: string;
}

/** @throws SetupContentError naming the line. */
export function savedObjectNames(ndjson: string): readonly SavedObjectName[] {
  return ndjson.split('\n').flatMap((line, at) => {
    if (line === '') return [];
    const { type, id } = objectIn(line);
    if (typeof type === 'string' && typeof id === 'string') return [{ type, id }];
    throw new SetupContentError(`savedObjects: expected a type and an id in line ${at + 1}, got none`);
  });
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  try {
    return objectOr(JSON.parse(line));
  } catch {
    // The caller says in which line.
    return {};
  }
}

export interface Form {
  readonly contentType: string;
  readonly body: string;
}

/** `boundary` may not stand in the text: a hash of the text does not. */
export function importForm(ndjson: string, boundary: string): Form {
  const head = 'content-disposition: form-data; name="file"; filename="trailgate.ndjson"';
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: `--${boundary}\r\n${head}\r\ncontent-type: application/ndjson\r\n\r\n${ndjson}\r\n--${boundary}--\r\n`,
  };
}
