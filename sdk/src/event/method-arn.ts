/** Reads the route that a TOKEN authorizer is asked about: its event holds no more than the method's ARN. */
import { templatedRoute } from './path-template.ts';

/** `arn:aws:execute-api:region:account:api/stage/METHOD/path` */
const METHOD_ARN = /^arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*\/[^/]*\/([^/]*)(\/.*)?$/;
const MAX_CHARS = 2048;

/** The ARN has the path that the client asked for, not the resource's template. */
export function methodArnRoute(arn: unknown): string {
  const match = typeof arn === 'string' ? METHOD_ARN.exec(arn.slice(0, MAX_CHARS)) : null;
  return match === null ? 'authorizer' : templatedRoute(match[1], match[2]);
}
