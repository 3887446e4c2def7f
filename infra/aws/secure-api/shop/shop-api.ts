/** The example shop on the secure baseline: its functions with their rights, its data, its queue, and the API before them. */

import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { API_ROUTES, routeKey } from '../../../example-api/api.ts';
import { requestSchemas } from '../../../example-api/schemas.ts';
import { tableOf } from '../../declared-interface.ts';
import { apiName } from '../api-name.ts';
import { createEncryptionKey } from '../encryption-key.ts';
import type { JsonSchema } from '../json-schema.ts';
import type { SecureRoute } from '../route.ts';
import { SecureApi } from '../secure-api.ts';
import type { SecureApiProps } from '../secure-api-props.ts';
import { OrderQueue } from './order-queue.ts';
import { ShopData } from './shop-data.ts';
import { shopEnvironments } from './shop-environment.ts';
import { shopFirewall } from './shop-firewall.ts';
import { type ShopFunctionName, type ShopFunctions, shopFunctions } from './shop-functions.ts';
import { grantRights, hasRightOn, shopRights } from './shop-rights.ts';
import { defaultDataAdmins, guardTable } from './table-guard.ts';
import { tokenKey } from './token-key.ts';

export interface ShopApiProps extends Omit<SecureApiProps, 'routes' | 'authorizer'> {
  /** Where the alarms of the queue go. @default nowhere */
  readonly alarmTopic?: sns.ITopic;
  /**
   * ARNs of roles, `*` allowed, that may read and write the tables beside the functions: who seeds them, for one.
   * @default the root user, and administrators of IAM Identity Center
   */
  readonly dataAdmins?: readonly string[];
  /** Whether tables refuse to be deleted. @default true unless `removalPolicy` is DESTROY */
  readonly deletionProtection?: boolean;
  /** Keeps concurrency for each function, 170 in all. @default true */
  readonly reservedConcurrency?: boolean;
}

/** Requests a second and at once of routes that differ from the rest. */
const THROTTLES: Readonly<Record<string, SecureRoute['throttle']>> = {
  'POST /login': { ratePerSecond: 20, burst: 40 },
  'GET /admin/orders': { ratePerSecond: 10, burst: 20 },
};

/** Functions whose callers no cap binds: one that says who calls, and one that nobody waits for. */
const UNCAPPED: readonly ShopFunctionName[] = ['shop-authorizer', 'shop-order-worker'];

export class ShopApi extends Construct {
  readonly name: string;
  readonly key: kms.IKey;
  readonly tokenKey: kms.Key;
  readonly data: ShopData;
  readonly orderQueue: OrderQueue;
  readonly functions: ShopFunctions;
  readonly api: SecureApi;
  /** What clients call; `https://…` without a slash at its end. */
  readonly url: string;

  /** Throws `TrailgatePropsError`. */
  constructor(scope: Construct, id: string, props: ShopApiProps) {
    super(scope, id);
    const { alarmTopic, dataAdmins, deletionProtection, reservedConcurrency, ...ofApi } = props;
    const { trail } = ofApi;
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN;
    this.name = apiName(this, props.name);
    const { name } = this;
    this.key = props.existingKey ?? createEncryptionKey(this, 'Key', name, removalPolicy);
    const { key } = this;
    this.tokenKey = tokenKey(this, 'TokenKey', name, removalPolicy);
    this.data = new ShopData(this, 'Data', {
      key,
      removalPolicy,
      deletionProtection: deletionProtection ?? removalPolicy !== RemovalPolicy.DESTROY,
    });
    this.orderQueue = new OrderQueue(this, 'OrderQueue', { name, key, removalPolicy, alarmTopic });
    const { users, orders, inventory } = this.data;
    const resources = {
      users: tableOf(users),
      orders: tableOf(orders),
      inventory: tableOf(inventory),
      ordersQueue: this.orderQueue.queue,
      tokenKey: this.tokenKey,
    };
    this.functions = shopFunctions(this, {
      environments: shopEnvironments(name, resources),
      key,
      logRetentionDays: props.logRetentionDays ?? 365,
      reservedConcurrency: reservedConcurrency ?? true,
    });
    const rights = shopRights(resources);
    for (const [fnName, fn] of this.#eachFunction()) {
      grantRights(fn, rights[fnName], key);
      trail.watch(fn.fn);
      if (!UNCAPPED.includes(fnName)) trail.grantLimits(fn.fn);
    }
    this.orderQueue.feed(this.functions['shop-order-worker']);
    this.#guard(rights, dataAdmins ?? defaultDataAdmins());

    this.api = new SecureApi(this, 'Api', {
      ...ofApi,
      name,
      existingKey: key,
      firewall: shopFirewall(props.firewall),
      authorizer: this.functions['shop-authorizer'].fn,
      routes: this.#routes(),
    });
    this.url = this.api.url;
    // Orders call the inventory by the front door, as any client.
    for (const fnName of ['shop-place-order', 'shop-order-worker'] as const) {
      this.functions[fnName].fn.addEnvironment('INVENTORY_URL', this.url);
    }
  }

  #routes(): readonly SecureRoute[] {
    return API_ROUTES.map(({ method, resource, group, authorizer }) => {
      const key = routeKey(method, resource);
      const body: JsonSchema | undefined = requestSchemas[key] && { ...requestSchemas[key] };
      const throttle = THROTTLES[key];
      return {
        method,
        resource,
        handler: this.functions[`shop-${group}`].fn,
        authorizer,
        ...(body === undefined ? {} : { body }),
        ...(throttle === undefined ? {} : { throttle }),
      };
    });
  }

  /** Each table admits the functions that have a right on it, and no other function of the account. */
  #guard(rights: ReturnType<typeof shopRights>, admins: readonly string[]): void {
    const { users, orders, inventory } = this.data;
    for (const table of [users, orders, inventory]) {
      const roles = this.#eachFunction()
        .filter(([fnName]) => hasRightOn(rights[fnName], table))
        .map(([, { role }]) => role.roleArn);
      guardTable(table, [...roles, ...admins]);
    }
  }

  #eachFunction(): [ShopFunctionName, ShopFunctions[ShopFunctionName]][] {
    return Object.entries(this.functions) as [ShopFunctionName, ShopFunctions[ShopFunctionName]][];
  }
}
