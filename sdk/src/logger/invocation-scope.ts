/** Connects loggers with the invocation that they are called in. */
import { isCorrelationId } from '../correlation/correlation-id.ts';
import type { Instance } from '../instance.ts';
import type { LoggerScope } from './logger-scope.ts';

export function invocationScope(instance: Instance): LoggerScope {
  return {
    keys: () => instance.current()?.keys,
    setKeys(keys) {
      const invocation = instance.current();
      if (invocation !== undefined) invocation.keys = keys;
    },
    flush: () => instance.current()?.batch.writeNow(),
    clearDetail() {
      instance.current()?.detail.take();
    },
    releaseDetail() {
      const invocation = instance.current();
      if (invocation !== undefined) instance.releaseDetail(invocation);
    },
    correlationId: () => instance.current()?.correlation.correlationId,
    setCorrelationId(id) {
      const invocation = instance.current();
      if (invocation === undefined || !isCorrelationId(id)) return;
      invocation.correlation = { ...invocation.correlation, correlationId: id };
      invocation.contextText = undefined;
    },
  };
}
