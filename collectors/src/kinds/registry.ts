/** The kinds in the order in which they are asked: the most particular first, text takes what is left. */
import { jsonKind } from './json/json-kind.ts';
import { type Shaper, shaperOf } from './kind.ts';
import { platformKind } from './platform/platform-kind.ts';
import { sdkKind } from './sdk/sdk-kind.ts';
import { textKind } from './text/text-kind.ts';

export const KINDS: readonly Shaper[] = [
  shaperOf(sdkKind),
  shaperOf(platformKind),
  shaperOf(jsonKind),
  shaperOf(textKind),
];
