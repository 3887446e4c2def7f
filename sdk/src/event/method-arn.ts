/** Reads the route that a TOKEN authorizer is asked about: its event holds no more than the method's ARN. */

/** `arn:aws:execute-api:region:account:api/stage/METHOD/path` */
const METHOD_ARN = /^arn:[^:]*:execute-api:[^:]*:[^:]*:[^/]*\/[^/]*\/([^/]*)(\/.*)?$/;

export function methodArnRoute(arn: unknown): string {
  const match = typeof arn === 'string' ? METHOD_ARN.exec(arn) : null;
  return match === null ? 'authorizer' : `${match[1]} ${match[2] ?? '/'}`;
}
