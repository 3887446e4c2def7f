/** The event of EventBridge. */
import { ACCOUNT, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

export interface EventBridgeEvent {
  version: string;
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

/** `OrderPlaced` of the source `shop.orders`. */
export function eventBridge(overrides?: Overrides<EventBridgeEvent>): EventBridgeEvent {
  return withOverrides<EventBridgeEvent>(
    {
      version: '0',
      id: '17793124-05d4-b198-2fde-7ededc63b103',
      'detail-type': 'OrderPlaced',
      source: 'shop.orders',
      account: ACCOUNT,
      time: '2026-01-05T12:00:00Z',
      region: REGION,
      resources: [],
      detail: { orderId: '17' },
    },
    overrides,
  );
}
