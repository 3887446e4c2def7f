/** Finds the handler in what a module exports, and wraps it. */
import { isAttached } from '../attach/attached.ts';
import { isStreaming } from '../attach/streaming.ts';
import type { Trailgate } from '../trailgate.ts';

/**
 * What the module is to export under the first of `names`, so that the runtime finds the wrapped handler at the end of
 * them. What is no handler is exported as it is, for the runtime to complain about.
 */
export function wrappedExport(
  exported: unknown,
  names: readonly string[],
  trailgate: Pick<Trailgate, 'wrap'>,
  say: (text: string) => void,
): unknown {
  const handler = memberAt(exported, names) ?? memberAt(memberAt(exported, ['default']), names);
  return names
    .slice(1)
    .reduceRight<unknown>(
      (inner, name) => (inner === undefined ? undefined : { [name]: inner }),
      attached(handler, trailgate, say),
    );
}

function attached(
  handler: unknown,
  trailgate: Pick<Trailgate, 'wrap'>,
  say: (text: string) => void,
): unknown {
  if (typeof handler !== 'function' || isAttached(handler)) return handler;
  if (handler.length > 2 && !isStreaming(handler)) {
    say('the handler takes a callback, which cannot be followed; it runs without the SDK');
    return handler;
  }
  try {
    return trailgate.wrap(handler as Parameters<typeof trailgate.wrap>[0]);
  } catch (error) {
    say(`the handler could not be wrapped: ${String(error)}`);
    return handler;
  }
}

/** As the runtime looks: members of objects only, so a function's own are not found. */
function memberAt(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
}
