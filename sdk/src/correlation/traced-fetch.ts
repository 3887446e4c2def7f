/** A fetch that tells the service it calls which request it belongs to. */

/** Adds `outgoing` to every call; a header that the caller set is left as it is. */
export function tracedFetch(
  outgoing: () => Readonly<Record<string, string>>,
  send: typeof fetch,
): typeof fetch {
  return (input, init) => {
    const headers = mergedHeaders(outgoing(), input, init);
    return headers === undefined ? send(input, init) : send(input, { ...init, headers });
  };
}

function mergedHeaders(
  outgoing: Readonly<Record<string, string>>,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): Headers | undefined {
  try {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    // A tracestate belongs to its traceparent: both come from the caller or both from here.
    const traced = headers.has('traceparent') || headers.has('tracestate');
    for (const [name, value] of Object.entries(outgoing)) {
      if (headers.has(name) || (traced && name !== 'x-correlation-id')) continue;
      headers.set(name, value);
    }
    return headers;
  } catch {
    // Headers that cannot be read are the caller's error, which fetch itself reports best.
    return undefined;
  }
}
