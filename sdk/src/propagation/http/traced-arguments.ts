/** Adds headers to the arguments of one call to `request` or `get` of `node:http`, whatever their shape. */
import { missingHeaders } from '../../correlation/traced-fetch.ts';
import type { Propagator } from '../propagator.ts';
import { isPlatform, isSigned } from './untraced.ts';

type Options = Readonly<Record<string, unknown>>;
type Target = { readonly hostname: string; readonly port: string };

/** Gives back `given` itself when nothing is added; never changes what the caller gave, never throws. */
export function tracedArguments(
  given: readonly unknown[],
  trailgate: Propagator,
  { defaultPort, platform }: { readonly defaultPort: string; readonly platform: readonly string[] },
): readonly unknown[] {
  try {
    const outgoing = trailgate.outgoingHeaders();
    const url = urlOf(given[0]);
    const place = url === undefined ? 0 : 1;
    const options = optionsAt(given, place);
    if (options === undefined || !isOwnCall(options)) return given;
    const { hostname, port } = target(options, url, defaultPort);
    if (isPlatform(hostname, port, platform)) return given;
    const headers = merged(options.headers, outgoing);
    if (headers === undefined) return given;
    return [...given.slice(0, place), { ...options, headers }, ...rest(given, place)];
  } catch {
    // Arguments that cannot be read are the caller's error, which node:http itself reports best.
    return given;
  }
}

/** As node:http tells a URL from options. */
function urlOf(value: unknown): URL | undefined {
  if (typeof value === 'string') return new URL(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const { href, protocol, auth, path } = value as Record<string, unknown>;
  return href && protocol && auth === undefined && path === undefined ? (value as URL) : undefined;
}

function optionsAt(given: readonly unknown[], place: number): Options | undefined {
  const options = given[place];
  if (typeof options === 'object' && options !== null) return options as Options;
  // After a URL there may be none, or only a callback.
  return place === 1 && (options === undefined || options === null || typeof options === 'function')
    ? {}
    : undefined;
}

function rest(given: readonly unknown[], place: number): readonly unknown[] {
  return given.slice(typeof given[place] === 'function' ? place : place + 1);
}

/** Not to a proxy, which `CONNECT` speaks to, nor to a service on this machine behind a socket file. */
function isOwnCall({ method, socketPath }: Options): boolean {
  return !socketPath && !(typeof method === 'string' && method.toUpperCase() === 'CONNECT');
}

/** Options override the URL, and `hostname` wins over `host`, as in node:http. */
function target(options: Options, url: URL | undefined, defaultPort: string): Target {
  const hostname = options.hostname || url?.hostname || options.host || 'localhost';
  const port = options.port || url?.port || options.defaultPort || defaultPort;
  return { hostname: String(hostname), port: String(port) };
}

/** Undefined when there is nothing to add. Lists of headers stay lists: they keep order and spelling. */
function merged(given: unknown, outgoing: Readonly<Record<string, string>>): unknown {
  const flat = Array.isArray(given) && !Array.isArray(given[0]);
  const pairs: readonly (readonly unknown[])[] = !Array.isArray(given)
    ? Object.entries(given ?? {})
    : flat
      ? paired(given)
      : given;
  const present = new Map(pairs.map(([name, value]) => [String(name).toLowerCase(), value]));
  if (isSigned(present.get('authorization'))) return undefined;
  const missing = missingHeaders(outgoing, (name) => present.has(name));
  if (missing.length === 0) return undefined;
  if (!Array.isArray(given)) return { ...(given ?? {}), ...Object.fromEntries(missing) };
  return flat ? [...given, ...missing.flat()] : [...given, ...missing];
}

function paired(list: readonly unknown[]): readonly (readonly unknown[])[] {
  if (list.length % 2 !== 0) throw new TypeError('a name without a value');
  return list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1]]] : []));
}
