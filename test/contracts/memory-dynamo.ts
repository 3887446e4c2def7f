/** A DynamoDB of two tables in memory for properties: conditions, the old item, faults, and the order of answers under a test's control. */
import { type DynamoDocument, DynamoError, type DynamoPort } from '@trailgate/sdk/limits';
import { applyUpdate, type Expressions, holds, type Item, type Value } from './dynamo-expression.ts';

export interface MemoryDynamoOptions {
  /** Whether a failed condition returns the item, as the service does and dynalite does not. */
  readonly returnsOldItem?: boolean;
  /** Waits before a request is carried out and again before it is answered; decides how requests interleave. */
  readonly pause?: () => Promise<void>;
  /** An error to answer with instead of carrying the request out. */
  readonly fault?: (operation: string, input: DynamoDocument) => DynamoError | undefined;
}

export interface MemoryDynamo extends DynamoPort {
  /** Requests by operation and table since the start. */
  readonly calls: Map<string, number>;
  item(table: string, pk: string, sk?: string): Item | undefined;
  /** Places an item as it is. */
  put(table: string, item: Item | undefined): void;
}

export function createMemoryDynamo(options: MemoryDynamoOptions = {}): MemoryDynamo {
  const tables = new Map<string, Map<string, Item>>();
  const calls = new Map<string, number>();

  function rows(name: unknown): Map<string, Item> {
    const table = String(name);
    const found = tables.get(table) ?? new Map<string, Item>();
    tables.set(table, found);
    return found;
  }

  function carryOut(operation: string, input: DynamoDocument): DynamoDocument {
    const table = rows(input.TableName);
    if (operation === 'Query') return query(table, input);
    const key = (input.Key ?? input.Item) as Item;
    const id = idOf(key);
    const before = table.get(id);
    if (operation === 'GetItem') return before === undefined ? {} : { Item: structuredClone(before) };
    const expressions = expressionsOf(input);
    const condition = input.ConditionExpression;
    if (typeof condition === 'string' && !holds(condition, before ?? {}, expressions)) {
      const item = options.returnsOldItem === false ? undefined : before;
      throw new DynamoError('ConditionalCheckFailedException', 'The conditional request failed', item);
    }
    const after =
      operation === 'PutItem'
        ? (input.Item as Item)
        : applyUpdate(String(input.UpdateExpression), before ?? { ...key }, expressions);
    table.set(id, after);
    return { Attributes: structuredClone(after) };
  }

  return {
    calls,
    item: (table, pk, sk = '') => rows(table).get(`${pk}\n${sk}`),
    put: (table, item) => {
      if (item !== undefined) rows(table).set(idOf(item), item);
    },
    async send(operation, input) {
      const name = `${operation} ${String(input.TableName)}`;
      calls.set(name, (calls.get(name) ?? 0) + 1);
      await options.pause?.();
      const fault = options.fault?.(operation, input);
      if (fault !== undefined) throw fault;
      const answer = carryOut(operation, input);
      await options.pause?.();
      return answer;
    },
  };
}

function idOf(key: Item): string {
  return `${key.pk?.S}\n${key.sk?.S ?? ''}`;
}

/** The index over changes, two items a page so that every reader has to turn pages. */
function query(table: Map<string, Item>, input: DynamoDocument): DynamoDocument {
  const expressions = expressionsOf(input);
  const condition = String(input.KeyConditionExpression);
  const matching = [...table.values()]
    .filter((item) => holds(condition, item, expressions))
    .sort((a, b) => Number(a.chg?.N) - Number(b.chg?.N));
  const from = Number((input.ExclusiveStartKey as { at?: Value } | undefined)?.at?.N ?? 0);
  const page = matching.slice(from, from + 2);
  const more = from + 2 < matching.length;
  return {
    Items: structuredClone(page),
    ...(more ? { LastEvaluatedKey: { at: { N: String(from + 2) } } } : {}),
  };
}

function expressionsOf(input: DynamoDocument): Expressions {
  return {
    names: (input.ExpressionAttributeNames ?? {}) as Expressions['names'],
    values: (input.ExpressionAttributeValues ?? {}) as Expressions['values'],
  };
}
