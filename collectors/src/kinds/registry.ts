/** The kinds in the order in which they are asked: the most particular first, text takes what is left. */
import { apiGatewayKind } from './api-gateway/api-gateway-kind.ts';
import { cloudTrailKind } from './cloudtrail/cloudtrail-kind.ts';
import { jsonKind } from './json/json-kind.ts';
import { type Shaper, shaperOf } from './kind.ts';
import { lambdaTextKind } from './lambda-text/lambda-text-kind.ts';
import { platformKind } from './platform/platform-kind.ts';
import { sdkKind } from './sdk/sdk-kind.ts';
import { textKind } from './text/text-kind.ts';
import type { ClientAddressHeaders } from './waf/proxied-address.ts';
import { wafKind } from './waf/waf-kind.ts';

export function kindsOf(clientAddressHeaders: ClientAddressHeaders): readonly Shaper[] {
  return [
    shaperOf(sdkKind),
    shaperOf(platformKind),
    shaperOf(wafKind(clientAddressHeaders)),
    shaperOf(cloudTrailKind),
    shaperOf(apiGatewayKind),
    shaperOf(lambdaTextKind),
    shaperOf(jsonKind),
    shaperOf(textKind),
  ];
}

/** Where no web ACL stands behind a proxy. */
export const KINDS: readonly Shaper[] = kindsOf(new Map());
