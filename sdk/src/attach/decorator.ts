/** Attaches the SDK to a class's handler method, as a standard decorator (TC39 2023-11) or a legacy one. */
import type { LambdaContext } from '../invocation/lambda-context.ts';
import type { Trailgate } from '../trailgate.ts';
import { markAttached } from './attached.ts';

type Method = (this: never, event: never, context: never) => unknown;
type Wrapped = (event: unknown, context: LambdaContext) => Promise<unknown>;
type Attached = (this: unknown, event: unknown, context: LambdaContext) => unknown;

/** Takes what TypeScript and JavaScript give a method decorator, with `experimentalDecorators` and without. */
export interface HandlerDecorator {
  <M extends Method>(method: M, context: ClassMethodDecoratorContext): M;
  <M extends Method>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): TypedPropertyDescriptor<M>;
}

/**
 * `@withTrailgate(trailgate)` above the method that is exported as the handler. The method keeps its `this`.
 * @throws TypeError while the class is defined, when what it stands above is no method
 */
export function withTrailgate(trailgate: Pick<Trailgate, 'wrap'>): HandlerDecorator {
  function decorate(
    target: unknown,
    _context: unknown,
    descriptor?: TypedPropertyDescriptor<Method>,
  ): unknown {
    if (descriptor === undefined) return attached(trailgate, target);
    return { ...descriptor, value: attached(trailgate, descriptor.value) };
  }
  return decorate as HandlerDecorator;
}

/** One wrapped function for each object that it is called on, so that nothing is wrapped anew for each event. */
function attached(trailgate: Pick<Trailgate, 'wrap'>, method: unknown): Attached {
  if (typeof method !== 'function') throw new TypeError('withTrailgate decorates methods only');
  const wrapFor = (self: unknown): Wrapped =>
    trailgate.wrap(
      async (event: unknown, context: LambdaContext) => method.call(self, event, context) as unknown,
    );
  const detached = wrapFor(undefined);
  const bound = new WeakMap<object, Wrapped>();
  return markAttached(function attachedHandler(this: unknown, event: unknown, context: LambdaContext) {
    if (typeof this !== 'object' || this === null) return detached(event, context);
    const wrapped = bound.get(this) ?? wrapFor(this);
    bound.set(this, wrapped);
    return wrapped(event, context);
  });
}
