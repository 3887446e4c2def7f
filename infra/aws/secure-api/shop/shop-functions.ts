/** The shop's functions, one for each group of routes, with no setting that a function's own code does not read. */

import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { SHOP_FUNCTIONS } from '../../assets/function-name.ts';
import { PipelineFunction } from '../../functions/pipeline-function.ts';

export type ShopFunctionName = (typeof SHOP_FUNCTIONS)[number];
export type ShopFunctions = Readonly<Record<ShopFunctionName, PipelineFunction>>;

interface ShopFunctionSize {
  readonly description: string;
  /** MB; CPU comes with it. */
  readonly memory: number;
  /** Seconds; less than the gateway waits. */
  readonly timeout: number;
  /** Instances kept for the function and never exceeded. */
  readonly concurrency: number;
}

/** Instances of the worker, so that what was put off never crowds out those who wait. */
export const WORKER_CONCURRENCY = 5;
/** Seconds for a batch of the worker; the queue hides its messages six times as long. */
export const WORKER_TIMEOUT_SECONDS = 60;

const SHOP_FUNCTION_SIZES: Readonly<Record<ShopFunctionName, ShopFunctionSize>> = {
  'shop-authorizer': size('Says who calls and whether the route is theirs', 512, 5, 50),
  // A password's hash is work on purpose.
  'shop-login': size('Gives a token to who knows the password', 1_769, 10, 10),
  'shop-read-orders': size("Shows a caller's own orders", 512, 10, 25),
  'shop-place-order': size('Places an order or puts it off', 512, 20, 25),
  'shop-admin-orders': size("Shows a tenant's orders to its admins", 512, 10, 5),
  'shop-read-inventory': size('Shows what is in stock', 512, 10, 25),
  'shop-reserve': size('Holds stock for orders', 512, 10, 25),
  'shop-order-worker': size(
    'Settles the orders that were put off',
    512,
    WORKER_TIMEOUT_SECONDS,
    WORKER_CONCURRENCY,
  ),
};

export interface ShopFunctionsOptions {
  readonly environments: Readonly<Record<ShopFunctionName, Readonly<Record<string, string>>>>;
  readonly key: kms.IKey;
  readonly logRetentionDays: number;
  readonly reservedConcurrency: boolean;
}

export function shopFunctions(scope: Construct, options: ShopFunctionsOptions): ShopFunctions {
  const parent = new Construct(scope, 'Functions');
  const make = (name: ShopFunctionName): PipelineFunction => {
    const { description, memory, timeout, concurrency } = SHOP_FUNCTION_SIZES[name];
    return new PipelineFunction(parent, name, {
      name,
      description,
      memory,
      timeout: Duration.seconds(timeout),
      ...(options.reservedConcurrency ? { reservedConcurrency: concurrency } : {}),
      environment: options.environments[name],
      key: options.key,
      logRetentionDays: options.logRetentionDays,
    });
  };
  return {
    'shop-authorizer': make('shop-authorizer'),
    'shop-login': make('shop-login'),
    'shop-read-orders': make('shop-read-orders'),
    'shop-place-order': make('shop-place-order'),
    'shop-admin-orders': make('shop-admin-orders'),
    'shop-read-inventory': make('shop-read-inventory'),
    'shop-reserve': make('shop-reserve'),
    'shop-order-worker': make('shop-order-worker'),
  };
}

function size(description: string, memory: number, timeout: number, concurrency: number): ShopFunctionSize {
  return { description, memory, timeout, concurrency };
}
