/** Reads an event of AWS CloudTrail: who asked which service for what, and whether it was granted. */
import { addressOf, type JsonObject, objectOf, textOf, timeOf } from '../edge/foreign-json.ts';

export interface CloudTrailEvent {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly id: string;
  /** `iam.amazonaws.com` */
  readonly source: string;
  /** `CreateUser` */
  readonly name: string;
  readonly region: string;
  readonly readOnly: boolean;
  /** Management events change or look at resources; the others touch what is in them. */
  readonly management: boolean;
  readonly identity: {
    /** `IAMUser`, `AssumedRole`, `Root`, `AWSService`, … */
    readonly type: string | undefined;
    /** ARN, or the nearest to it that the event has. */
    readonly id: string | undefined;
    readonly name: string | undefined;
    readonly byService: boolean;
  };
  readonly ip: string | undefined;
  /** Where the request came from, if that is not an address. */
  readonly address: string | undefined;
  readonly userAgent: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  /** `Success` or `Failure` of a console login. */
  readonly consoleLogin: string | undefined;
  /** All that the fields above do not say. */
  readonly others: JsonObject;
}

/** AWS adds fields within a major version and changes them with the next. */
const VERSION = /^1\.\d{1,3}$/;
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;

/** What every event of version 1 has (CloudTrail user guide, record contents); undefined for any other JSON. */
export function readCloudTrailEvent(object: JsonObject): CloudTrailEvent | undefined {
  const { eventVersion, eventTime, eventSource, eventName, eventID, awsRegion, userIdentity, ...rest } =
    object;
  const time = typeof eventTime === 'string' ? timeOf(eventTime) : undefined;
  const identity = objectOf(userIdentity);
  if (typeof eventVersion !== 'string' || !VERSION.test(eventVersion)) return undefined;
  if (typeof eventSource !== 'string' || !SERVICE.test(eventSource)) return undefined;
  const [id, name, region] = [textOf(eventID), textOf(eventName), textOf(awsRegion)];
  if (time === undefined || identity === undefined) return undefined;
  if (id === undefined || name === undefined || region === undefined) return undefined;

  const { sourceIPAddress, userAgent, errorCode, errorMessage, readOnly, managementEvent, ...others } = rest;
  const ip = addressOf(sourceIPAddress);
  const login = objectOf(others.responseElements)?.ConsoleLogin;
  return {
    time,
    id,
    source: eventSource,
    name,
    region,
    readOnly: readOnly === true || readOnly === 'true',
    management: managementEvent !== false && others.eventCategory !== 'Data',
    identity: readIdentity(identity),
    ip,
    address: ip === undefined ? textOf(sourceIPAddress) : undefined,
    userAgent: textOf(userAgent),
    errorCode: textOf(errorCode),
    errorMessage: textOf(errorMessage),
    consoleLogin: name === 'ConsoleLogin' ? textOf(login) : undefined,
    others: { ...others, userIdentity: identity },
  };
}

function readIdentity(identity: JsonObject): CloudTrailEvent['identity'] {
  const { type, arn, principalId, userName, invokedBy } = identity;
  const issuer = objectOf(objectOf(identity.sessionContext)?.sessionIssuer);
  const byService = type === 'AWSService' || (arn === undefined && invokedBy !== undefined);
  return {
    type: textOf(type),
    id: textOf(arn) ?? textOf(invokedBy) ?? textOf(principalId) ?? textOf(userName) ?? textOf(type),
    name: textOf(userName) ?? textOf(issuer?.userName),
    byService,
  };
}
