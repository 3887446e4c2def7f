/** The Lambda functions that this package brings, each with an entry file and a bundle of its own. */

export const PIPELINE_FUNCTIONS = ['collector', 'detector', 'ticker', 'setup', 'retention'] as const;
/** One a route, or a few that read the same; the least rights each. */
export const SHOP_FUNCTIONS = [
  'shop-authorizer',
  'shop-login',
  'shop-read-orders',
  'shop-place-order',
  'shop-admin-orders',
  'shop-read-inventory',
  'shop-reserve',
  'shop-order-worker',
] as const;

export type FunctionName = (typeof PIPELINE_FUNCTIONS | typeof SHOP_FUNCTIONS)[number];
