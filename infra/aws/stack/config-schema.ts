/** Checks a deployment's config: an engineer reads which field, what was expected and what came. */
import {
  array,
  boolean,
  check,
  email,
  exactOptional,
  type GenericSchema,
  getDotPath,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  number,
  picklist,
  pipe,
  readonly,
  record,
  regex,
  safeParse,
  strictObject,
  string,
  union,
} from 'valibot';
import { TrailgatePropsError } from '../props-error.ts';
import type { DeploymentConfig } from './deployment-config.ts';

/** More than this is a list that somebody generated: a policy for the whole account says it better. */
const LIST_LIMIT = 200;
const MAX_REQUESTS_PER_SECOND = 1_000_000;

const text = (pattern: RegExp, expected: string) => pipe(string(expected), regex(pattern, expected));
const list = <S extends GenericSchema<string>>(item: S) =>
  pipe(array(item, 'a list'), maxLength(LIST_LIMIT, `at most ${LIST_LIMIT} entries`), readonly());

const flag = boolean('true or false');
const account = text(/^\d{12}$/, 'an account: twelve digits');
const roleArn = text(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'the ARN of an IAM role');
const logGroup = text(/^[\w./#-]{1,512}$/, 'the name of a log group');
const functionName = text(/^[\w-]{1,64}$/, 'the name of a function, without its ARN');

const INDEX = union(
  [
    literal('domain'),
    literal('serverless'),
    strictObject({
      domainArn: text(/^arn:aws[\w-]*:es:[\w-]+:\d{12}:domain\/[a-z][a-z0-9-]{2,27}$/, 'the ARN of a domain'),
      endpoint: text(/^https:\/\/[\w.-]+$/, 'https:// and the name of a host'),
    }),
  ],
  "'domain', 'serverless' or { domainArn, endpoint }",
);

const SHOP = strictObject({
  blockedCountries: exactOptional(list(text(/^[A-Z]{2}$/, 'two capital letters'))),
  requestsPerAddress: exactOptional(
    pipe(
      number('a number'),
      integer('a whole number'),
      // AWS WAF: the least and the most that a rate rule takes.
      minValue(10, '10 or more'),
      maxValue(2_000_000_000, 'at most 2,000,000,000'),
    ),
  ),
  botControl: exactOptional(flag),
  existingGatewayRole: exactOptional(flag),
  existingTrail: exactOptional(flag),
  dataAdmins: exactOptional(
    list(text(/^arn:aws[\w-]*:iam::\d{12}:[\w+=,.@/*-]+$/, 'the ARN of a role, * allowed')),
  ),
});

const SCHEMA: GenericSchema<DeploymentConfig> = strictObject({
  name: text(
    /^[a-z][a-z0-9-]{1,18}[a-z0-9]$/,
    '3 to 20 characters of a-z, 0-9 and -, a letter first and no - at the end',
  ),
  account: exactOptional(account),
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region, such as eu-central-1'),
  size: picklist(['dev', 'small', 'large'], "'dev', 'small' or 'large'"),
  requestsPerSecond: exactOptional(
    pipe(
      number('a number'),
      minValue(0.001, '0.001 or more'),
      maxValue(MAX_REQUESTS_PER_SECOND, `at most ${MAX_REQUESTS_PER_SECOND}`),
    ),
  ),
  index: exactOptional(INDEX),
  network: exactOptional(picklist(['public', 'private'], "'public' or 'private'")),
  notify: exactOptional(list(pipe(string('an e-mail address'), email('an e-mail address')))),
  watch: exactOptional(
    strictObject({
      functions: exactOptional(list(functionName)),
      logGroups: exactOptional(list(logGroup)),
      account: exactOptional(flag),
    }),
  ),
  archive: exactOptional(
    pipe(
      strictObject({
        accounts: exactOptional(list(account)),
        organization: exactOptional(text(/^o-[a-z0-9]{10,32}$/, 'the id of an organization, o-…')),
      }),
      check(
        ({ accounts = [], organization }) => accounts.length > 0 !== (organization !== undefined),
        'either accounts or an organization',
      ),
    ),
  ),
  audiences: exactOptional(
    strictObject({
      security: exactOptional(list(roleArn)),
      developer: exactOptional(list(roleArn)),
      dashboards: exactOptional(list(roleArn)),
    }),
  ),
  shop: exactOptional(union([flag, SHOP], 'true, false or its settings')),
  keepData: exactOptional(flag),
  reservedConcurrency: exactOptional(flag),
  tags: exactOptional(record(string(), pipe(string('a text'), maxLength(256, 'at most 256 characters')))),
});

/** @throws TrailgatePropsError naming the first field that cannot be used */
export function checkedConfig(value: unknown): DeploymentConfig {
  const result = safeParse(SCHEMA, value);
  if (result.success) return result.output;
  const issue = deepest(result.issues[0]);
  const field = getDotPath(issue) ?? 'config';
  if (issue.type === 'strict_object') {
    if (issue.expected === 'never') throw new TrailgatePropsError(field, 'no such field', issue.received);
    const got = issue.received === 'undefined' ? 'nothing' : issue.received;
    throw new TrailgatePropsError(field, issue.expected === 'Object' ? 'an object' : 'a value', got);
  }
  throw new TrailgatePropsError(field, issue.message, shown(issue.input));
}

type Issue = NonNullable<ReturnType<typeof safeParse<typeof SCHEMA>>['issues']>[number];

/** The field in one of a choice's objects says more than that none of the choices fits. */
function deepest(issue: Issue): Issue {
  const inner = issue.issues?.find(({ path }) => path !== undefined);
  if (inner === undefined || issue.path === undefined) return issue;
  return { ...inner, path: [...issue.path, ...(inner.path ?? [])] } as Issue;
}

function shown(input: unknown): string {
  // JSON has no word for what is not a number.
  const json = typeof input === 'number' ? String(input) : (JSON.stringify(input) ?? String(input));
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
