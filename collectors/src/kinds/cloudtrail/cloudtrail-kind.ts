/** Events of CloudTrail: every AWS action is an event of the trail. */
import {
  type EdgeEvent,
  type EdgeFields,
  edgeDocument,
  edgeSignal,
  principalOf,
} from '../edge/edge-event.ts';
import { edgeObject } from '../edge/edge-object.ts';
import { defined } from '../edge/foreign-json.ts';
import { freeData } from '../edge/free-data.ts';
import type { Kind } from '../kind.ts';
import { type AuditAction, auditAction } from './audit-action.ts';
import { type CloudTrailEvent, readCloudTrailEvent } from './cloudtrail-event.ts';

const SERVICE = 'cloudtrail';
const DATASET = 'aws.cloudtrail';

export const cloudTrailKind: Kind<CloudTrailEvent> = {
  name: 'cloudtrail',
  recognise(line) {
    const object = edgeObject(line, '"eventVersion"');
    const reading = object && readCloudTrailEvent(object);
    return reading && { is: 'recognised', reading };
  },
  toDocument: (event) => edgeDocument(auditEvent(event, auditAction(event)), auditFields(event)),
  toSignals(event, line) {
    const action = auditAction(event);
    return action.notable ? [edgeSignal(auditEvent(event, action), line)] : [];
  },
};

function auditEvent(event: CloudTrailEvent, { action, outcome, filing }: AuditAction): EdgeEvent {
  const { identity, ip, name, source, errorCode } = event;
  const login = event.name === 'ConsoleLogin';
  const reason = errorCode ?? (outcome === 'failure' ? 'failed' : undefined);
  const service = source.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  return {
    time: event.time,
    service: SERVICE,
    dataset: DATASET,
    action,
    outcome,
    reason,
    message: `${service}:${name}${reason === undefined ? '' : `: ${reason}`}`,
    // Whoever logs in is not known before: the address is counted, as the SDK counts it.
    principal: principalOf(login ? undefined : identity.id, ip),
    user: identity.id === undefined ? undefined : { id: identity.id, name: identity.name },
    ip,
    route: `${service}:${name}`,
    filing,
  };
}

function auditFields(event: CloudTrailEvent): EdgeFields {
  const { id, source, name, region, address, userAgent, errorCode, errorMessage, others } = event;
  const error = defined({ type: errorCode, message: errorMessage });
  return {
    event: { id, provider: source, code: name },
    cloud: { region },
    ...(address === undefined ? {} : { source: { address } }),
    ...(userAgent === undefined ? {} : { user_agent: { original: userAgent } }),
    ...(Object.keys(error).length === 0 ? {} : { error }),
    ...freeData(others),
  };
}
