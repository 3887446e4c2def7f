/** Makes a client of the AWS SDK v3 give the ids of the running invocation to each message it sends. */
import { TrailgateConfigError } from '../../errors.ts';
import { type Propagator, requirePropagator } from '../propagator.ts';
import { type AwsOptions, injectorOf } from './commands.ts';
import { isPlain } from './plain-object.ts';

export type { AwsOptions } from './commands.ts';

/** The part of a client that is used here; every client of the AWS SDK v3 fits it. */
export interface AwsClient {
  readonly middlewareStack: { readonly add: unknown; readonly identify: unknown };
}

interface Arguments {
  readonly input: unknown;
}
type Next = (args: Arguments) => unknown;
type Middleware = (next: Next, context: object) => Next;

interface Stack {
  add(middleware: Middleware, options: typeof OPTIONS): void;
  identify(): readonly string[];
}

const NAME = 'trailgatePropagation';
/**
 * The last of the first step: what other middleware made of the input is there already. Any later step would
 * be too late, because the second one turns the input into the request.
 */
const OPTIONS = { step: 'initialize', priority: 'low', name: NAME } as const;

/**
 * Adds one middleware; doing it twice changes nothing. It runs before the input is serialised, so what is
 * sent is measured, hashed and signed with the attribute in it. Commands without a place for ids, and inputs
 * that cannot be read, go out as they came; the caller's input is never changed.
 * @returns the client itself
 * @throws TrailgateConfigError when `client` or `trailgate` is something else
 */
export function instrumentAwsClient<C extends AwsClient>(
  client: C,
  trailgate: Propagator,
  options: AwsOptions = {},
): C {
  requirePropagator(trailgate, 'carrier');
  const stack = stackOf(client);
  if (stack.identify().some((identity) => identity.startsWith(NAME))) return client;
  stack.add((next, context) => (args) => next(withIds(args, context, trailgate, options)), OPTIONS);
  return client;
}

function stackOf(client: AwsClient): Stack {
  const stack = client?.middlewareStack;
  if (typeof stack?.add === 'function' && typeof stack.identify === 'function') return stack as Stack;
  throw new TrailgateConfigError('client', 'a client of the AWS SDK v3', client);
}

function withIds(
  args: Arguments,
  context: { readonly clientName?: unknown; readonly commandName?: unknown },
  trailgate: Propagator,
  options: AwsOptions,
): Arguments {
  try {
    const injector = injectorOf(context.clientName, context.commandName);
    if (injector === undefined || !isPlain(args.input)) return args;
    const carrier = trailgate.carrier();
    if (typeof carrier !== 'string' || carrier === '') return args;
    const input = injector(args.input, carrier, options);
    return input === args.input ? args : { ...args, input };
  } catch {
    // An input that cannot be read is the SDK's to judge.
    return args;
  }
}
