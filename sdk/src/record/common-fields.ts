/** The fields that every record of an invocation carries. */

import { NO_TENANT } from '../event/identity.ts';
import { type Invocation, principal } from '../invocation/invocation.ts';
import { flat } from '../json/flat.ts';
import type { CommonFields } from '../wire/record.ts';

export type Common = Omit<CommonFields, 'message'>;

/** Outside an invocation there is only the service. */
export function commonFields(service: string, invocation: Invocation | undefined): Common {
  if (invocation === undefined) return { service: { name: service } };
  const { correlation, identity, request, faas, record } = invocation;
  const { user, roles } = identity;
  // What is undefined is left out of the line.
  return {
    service: { name: service },
    correlation_id: correlation.correlationId,
    trace_id: correlation.traceId,
    span_id: correlation.spanId,
    tenant: identity.tenant ?? NO_TENANT,
    principal: principal(invocation),
    user: user === undefined ? undefined : { id: user, roles },
    source: request.ip === undefined ? undefined : { ip: request.ip },
    route: request.route,
    faas,
    record,
  } as Common;
}

/** The fields as JSON members, each behind a comma, to be put into a line as they are. */
export function contextText(service: string, invocation: Invocation | undefined): string {
  if (invocation === undefined) return membersOf(commonFields(service, undefined));
  invocation.contextText ??= membersOf(commonFields(service, invocation));
  const { span, correlation, contextText } = invocation;
  const active = span?.activeSpanId();
  if (active === undefined || active === correlation.spanId) return contextText;
  return contextText.replace(`"span_id":"${correlation.spanId}"`, `"span_id":"${active}"`);
}

function membersOf(fields: Common): string {
  return flat(`,${JSON.stringify(fields).slice(1, -1)}`);
}
