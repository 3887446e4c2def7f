/** A fetch that tells the service it calls which request it belongs to. */

type Input = Parameters<typeof fetch>[0];
type Call = readonly [input: Input, init: RequestInit | undefined];
type Outgoing = Readonly<Record<string, string>>;

/** A value with other characters would make the call fail. */
const SENDABLE = /^[\x20-\x7e]*$/;
/** What a request says that it comes from when nobody said anything (Fetch Standard). */
const NO_REFERRER = 'about:client';

/**
 * Adds `outgoing` to every call; a header that the caller set is left as it is. All else of the call stays as
 * it was given: bodies that stream, signals, dispatchers.
 * @param leavesAlone calls that get no headers, by their URL and by the headers that the caller set
 */
export function tracedFetch(
  outgoing: () => Outgoing,
  send: typeof fetch,
  leavesAlone: (url: string, headers: Headers) => boolean = () => false,
): typeof fetch {
  return (input, init) => send(...tracedCall(outgoing, [input, init], leavesAlone));
}

/** Those of `outgoing` that a call lacks. */
export function missingHeaders(
  outgoing: Outgoing,
  has: (name: string) => boolean,
): readonly (readonly [name: string, value: string])[] {
  // A tracestate belongs to its traceparent: both come from the caller or both from here.
  const traced = has('traceparent') || has('tracestate');
  return Object.entries(outgoing).filter(
    ([name, value]) =>
      !has(name) && !(traced && (name === 'traceparent' || name === 'tracestate')) && SENDABLE.test(value),
  );
}

function tracedCall(
  outgoing: () => Outgoing,
  call: Call,
  leavesAlone: (url: string, headers: Headers) => boolean,
): Call {
  try {
    const [input, init] = call;
    const request = isRequest(input) ? input : undefined;
    // Headers of the call take the place of those of the request, as fetch itself has it.
    const headers = new Headers(init?.headers === undefined ? request?.headers : init.headers);
    if (leavesAlone(request?.url ?? String(input), headers)) return call;
    const missing = missingHeaders(outgoing(), (name) => headers.has(name));
    if (missing.length === 0) return call;
    for (const [name, value] of missing) headers.set(name, value);
    return withHeaders(headers, call, request);
  } catch {
    // Headers that cannot be read are the caller's error, which fetch itself reports best.
    return call;
  }
}

/** By its shape: a request may come from another realm. */
function isRequest(input: Input): input is Request {
  return typeof input === 'object' && 'headers' in input && 'url' in input;
}

function withHeaders(headers: Headers, [input, init]: Call, request: Request | undefined): Call {
  const options = init ?? {};
  if (isInstance(options)) return [input, readThrough(options, headers)];
  const alone = Object.keys(options).length === 0;
  if (alone && request !== undefined && request.referrer !== NO_REFERRER) {
    // Options of any kind would make fetch forget the referrer: the headers go into a request like this one.
    const copy = new Request(request);
    for (const [name, value] of headers) copy.headers.set(name, value);
    return [copy, init];
  }
  return [input, { ...options, headers }];
}

function isInstance(options: RequestInit): boolean {
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

/** For a Request in the place of options, say: its members are getters that answer only to the object itself. */
function readThrough(options: RequestInit, headers: Headers): RequestInit {
  return new Proxy<RequestInit>(
    {},
    { get: (_, name) => (name === 'headers' ? headers : Reflect.get(options, name, options)) },
  );
}
