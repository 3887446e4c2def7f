/** Every alarm that a deployment can have; docs/alarms.md is held to this list. */
import type { AlarmKind } from './alarm-kind.ts';
import { COLLECTION_ALARMS } from './kinds/collection-alarms.ts';
import { COLLECTOR_ALARMS } from './kinds/collector-alarms.ts';
import { DELIVERY_ALARMS } from './kinds/delivery-alarms.ts';
import { DETECTOR_ALARMS } from './kinds/detector-alarms.ts';
import { DOMAIN_ALARMS } from './kinds/domain-alarms.ts';
import { EVENT_SOURCE_ALARMS } from './kinds/event-source-alarms.ts';
import { FUNCTION_ALARMS } from './kinds/function-alarms.ts';
import { STORE_ALARMS } from './kinds/store-alarms.ts';
import { STREAM_ALARMS } from './kinds/stream-alarms.ts';

export const ALARMS: readonly AlarmKind[] = [
  ...DELIVERY_ALARMS,
  ...STREAM_ALARMS,
  ...EVENT_SOURCE_ALARMS,
  ...FUNCTION_ALARMS,
  ...COLLECTOR_ALARMS,
  ...DETECTOR_ALARMS,
  ...DOMAIN_ALARMS,
  ...COLLECTION_ALARMS,
  ...STORE_ALARMS,
];

/** Rings when any alarm rings whose cause can end in data that is nowhere. */
export const DATA_LOSS_ALARM = 'data-loss-possible';
