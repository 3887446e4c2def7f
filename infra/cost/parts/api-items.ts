/** What the secure API in front of the functions costs: edge, firewall, gateway, and their logs. */
import { type CostItem, GB, item } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import type { Usage } from '../traffic.ts';

/** Rules and rule groups of the firewall. */
const RULES = 10;
/** Invocations a request: the handler, and the authorizer where its answer is not cached. */
const INVOCATIONS = 1.2;
const GB_SECONDS_A_REQUEST = (50 / 1_000) * (512 / 1_024);
const ANSWER_BYTES = 2_000;
/** WAF's line of a request, and the gateway's. */
const EDGE_LOG_BYTES = 2_500;

export function apiItems(usage: Usage, prices: PriceList): readonly CostItem[] {
  const millions = usage.requests / 1e6;
  return [
    item(prices, 'Firewall', 1, 'web ACL', 'waf.acl'),
    item(prices, 'Firewall rules', RULES, 'rules', 'waf.rule'),
    item(prices, 'Firewall requests', millions, 'million requests', 'waf.requests'),
    item(prices, 'CloudFront requests', usage.requests / 1e4, 'ten thousand', 'cloudfront.requests'),
    item(prices, 'CloudFront transfer', (usage.requests * ANSWER_BYTES) / GB, 'GB', 'cloudfront.gb'),
    item(prices, 'API Gateway', millions, 'million requests', 'apigateway.requests'),
    item(prices, 'Lambda of the API', millions * INVOCATIONS, 'million requests', 'lambda.requests'),
    item(
      prices,
      'Lambda of the API, time',
      usage.requests * GB_SECONDS_A_REQUEST,
      'GB seconds',
      'lambda.gbSecond',
    ),
    item(prices, 'Edge logs', (usage.requests * EDGE_LOG_BYTES) / GB, 'GB', 'logs.vendedGb'),
  ];
}
