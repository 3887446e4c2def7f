/** What each of the shop's functions may do beyond its log and its trace, as a table: the calls that its code makes. */
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { ORDERS_BY_ID, ORDERS_BY_TENANT } from '../../../example-api/data/tables.ts';
import type { PipelineFunction } from '../../functions/pipeline-function.ts';
import { grantKeyUse, type KeyUse } from '../../keys/grant-key-use.ts';
import type { ShopFunctionName } from './shop-functions.ts';

export interface ShopResources {
  readonly users: dynamodb.ITable;
  readonly orders: dynamodb.ITable;
  readonly inventory: dynamodb.ITable;
  readonly ordersQueue: sqs.IQueue;
  readonly tokenKey: kms.IKey;
}

interface Right {
  readonly actions: readonly string[];
  readonly resource: string;
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Rights {
  readonly direct: readonly Right[];
  /** What AWS's services do with the data's key in the function's name. */
  readonly dataKey: readonly (readonly [service: 'dynamodb' | 'sqs', uses: readonly KeyUse[]])[];
}

const READ: Rights['dataKey'][number] = ['dynamodb', ['kms:Decrypt', 'kms:DescribeKey']];
const WRITE: Rights['dataKey'][number] = [
  'dynamodb',
  ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
];

/**
 * A condition on leading keys would add nothing: each key is a caller's, and one role serves all callers. What keeps
 * callers apart is that the code makes the key of the authorizer's context.
 */
export function shopRights(resources: ShopResources): Readonly<Record<ShopFunctionName, Rights>> {
  const { users, orders, inventory, ordersQueue, tokenKey } = resources;
  const publicKey: Right = { actions: ['kms:GetPublicKey'], resource: tokenKey.keyArn };
  const sign: Right = {
    actions: ['kms:Sign'],
    resource: tokenKey.keyArn,
    conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256', 'kms:MessageType': 'RAW' } },
  };
  return {
    'shop-authorizer': { direct: [publicKey], dataKey: [] },
    'shop-login': { direct: [on(users, 'BatchGetItem'), sign, publicKey], dataKey: [READ] },
    'shop-read-orders': {
      direct: [on(orders, 'GetItem', 'Query'), onIndex(orders, ORDERS_BY_ID, 'Query')],
      dataKey: [READ],
    },
    'shop-place-order': {
      direct: [on(orders, 'PutItem', 'UpdateItem'), send(ordersQueue), sign, publicKey],
      dataKey: [WRITE, ['sqs', ['kms:GenerateDataKey', 'kms:Decrypt']]],
    },
    'shop-admin-orders': { direct: [onIndex(orders, ORDERS_BY_TENANT, 'Query')], dataKey: [READ] },
    'shop-read-inventory': { direct: [on(inventory, 'GetItem')], dataKey: [READ] },
    'shop-reserve': {
      direct: [on(inventory, 'GetItem', 'UpdateItem', 'BatchWriteItem')],
      dataKey: [WRITE],
    },
    'shop-order-worker': {
      direct: [on(orders, 'GetItem', 'UpdateItem'), consume(ordersQueue), sign, publicKey],
      dataKey: [WRITE, ['sqs', ['kms:Decrypt']]],
    },
  };
}

export function grantRights(fn: PipelineFunction, { direct, dataKey }: Rights, key: kms.IKey): void {
  for (const { actions, resource, conditions } of direct) {
    fn.role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: [...actions],
        resources: [resource],
        ...(conditions === undefined ? {} : { conditions }),
      }),
    );
  }
  for (const [service, uses] of dataKey) grantKeyUse(fn.role, key, uses, [service]);
}

/** Of the table itself, or of one of its indices. */
export function hasRightOn({ direct }: Rights, { tableArn }: Pick<dynamodb.ITable, 'tableArn'>): boolean {
  return direct.some(({ resource }) => resource === tableArn || resource.startsWith(`${tableArn}/`));
}

function on({ tableArn }: dynamodb.ITable, ...operations: readonly string[]): Right {
  return { actions: operations.map((operation) => `dynamodb:${operation}`), resource: tableArn };
}

function onIndex({ tableArn }: dynamodb.ITable, index: string, operation: string): Right {
  return { actions: [`dynamodb:${operation}`], resource: `${tableArn}/index/${index}` };
}

function send({ queueArn }: sqs.IQueue): Right {
  return { actions: ['sqs:SendMessage'], resource: queueArn };
}

/** What Lambda's poller needs of the function's role (Lambda developer guide, "Using Lambda with Amazon SQS"). */
function consume({ queueArn }: sqs.IQueue): Right {
  return {
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    resource: queueArn,
  };
}
