import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDeploymentCall } from '../../cli/deployment-options.ts';
import { TrailgatePropsError } from '../props-error.ts';
import { checkedConfig } from './config-schema.ts';
import { readConfig } from './read-config.ts';

const LEAST = { name: 'shop-trail', region: 'eu-central-1', size: 'dev' };
const DOMAIN = {
  domainArn: 'arn:aws:es:eu-central-1:111122223333:domain/theirs',
  endpoint: 'https://search-theirs.eu-central-1.es.amazonaws.com',
};

describe('a config', () => {
  test.each<[string, object]>([
    ['with the three fields that it has to have', {}],
    ['on an existing domain', { index: DOMAIN }],
    [
      'with everything',
      {
        account: '111122223333',
        requestsPerSecond: 0.5,
        index: 'serverless',
        network: 'private',
        notify: ['oncall@example.com'],
        watch: { functions: ['orders'], logGroups: ['/aws/ecs/users'], account: true },
        archive: { organization: 'o-abcdefghij' },
        audiences: {
          security: ['arn:aws:iam::111122223333:role/security'],
          developer: ['arn:aws-cn:iam::111122223333:role/team/developer'],
          dashboards: [],
        },
        shop: { blockedCountries: ['KP'], requestsPerAddress: 100, botControl: true, existingTrail: true },
        keepData: false,
        reservedConcurrency: false,
        tags: { owner: 'platform' },
      },
    ],
  ])('%s is taken as it is', (_, fields) => {
    expect(checkedConfig({ ...LEAST, ...fields })).toEqual({ ...LEAST, ...fields });
  });

  test.each<[string, unknown]>([
    ['config: expected an object, got nothing', undefined],
    ['config: expected an object, got null', null],
    ['config: expected an object, got 5', 5],
    ['name: expected a value, got nothing', {}],
    ['region: expected a value, got nothing', { name: 'shop-trail' }],
    ['size: expected a value, got nothing', { name: 'shop-trail', region: 'eu-central-1' }],
  ])('that is no config is refused: %s', (message, config) => {
    expect(() => checkedConfig(config)).toThrow(new TrailgatePropsError(...parts(message)));
  });

  const NAME = '3 to 20 characters of a-z, 0-9 and -, a letter first and no - at the end';
  test.each<[string, object]>([
    [`name: expected ${NAME}, got "X"`, { name: 'X' }],
    [
      `name: expected ${NAME}, got "a-name-that-is-too-long-by-far"`,
      { name: 'a-name-that-is-too-long-by-far' },
    ],
    [`name: expected ${NAME}, got "trail-"`, { name: 'trail-' }],
    ['account: expected an account: twelve digits, got 123', { account: 123 }],
    ['region: expected a region, such as eu-central-1, got "mars"', { region: 'mars' }],
    [`size: expected 'dev', 'small' or 'large', got "huge"`, { size: 'huge' }],
    ['requestsPerSecond: expected a number, got NaN', { requestsPerSecond: Number.NaN }],
    ['requestsPerSecond: expected 0.001 or more, got 0', { requestsPerSecond: 0 }],
    ['requestsPerSecond: expected at most 1000000, got 1000001', { requestsPerSecond: 1_000_001 }],
    [`index: expected 'domain', 'serverless' or { domainArn, endpoint }, got "none"`, { index: 'none' }],
    [
      'index.domainArn: expected the ARN of a domain, got "theirs"',
      { index: { ...DOMAIN, domainArn: 'theirs' } },
    ],
    ['index.endpoint: expected a value, got nothing', { index: { domainArn: DOMAIN.domainArn } }],
    [
      'index.endpoint: expected https:// and the name of a host, got "http://plain"',
      { index: { ...DOMAIN, endpoint: 'http://plain' } },
    ],
    [`network: expected 'public' or 'private', got "vpn"`, { network: 'vpn' }],
    ['notify: expected a list, got "oncall@example.com"', { notify: 'oncall@example.com' }],
    ['notify.1: expected an e-mail address, got "oncall"', { notify: ['a@example.com', 'oncall'] }],
    [
      'watch.functions.0: expected the name of a function, without its ARN, got "arn:aws:lambda"',
      { watch: { functions: ['arn:aws:lambda'] } },
    ],
    [
      'watch.functions: expected at most 200 entries, got [1]',
      { watch: { functions: Array(201).fill('a') } },
    ],
    ['watch.logGroups.0: expected the name of a log group, got "a b"', { watch: { logGroups: ['a b'] } }],
    ['watch.account: expected true or false, got "yes"', { watch: { account: 'yes' } }],
    ['watch.everything: expected no such field, got "everything"', { watch: { everything: true } }],
    ['archive.accounts.0: expected an account: twelve digits, got "12"', { archive: { accounts: ['12'] } }],
    [
      'archive.organization: expected the id of an organization, o-…, got "ours"',
      { archive: { organization: 'ours' } },
    ],
    ['archive: expected either accounts or an organization, got {}', { archive: {} }],
    [
      'archive: expected either accounts or an organization, got {"accounts":["111122223333"],"organization":"o-abcdefghij"}',
      { archive: { accounts: ['111122223333'], organization: 'o-abcdefghij' } },
    ],
    [
      'audiences.security.0: expected the ARN of an IAM role, got "admin"',
      { audiences: { security: ['admin'] } },
    ],
    ['shop: expected true, false or its settings, got 3', { shop: 3 }],
    [
      'shop.blockedCountries.0: expected two capital letters, got "Germany"',
      { shop: { blockedCountries: ['Germany'] } },
    ],
    ['shop.requestsPerAddress: expected 10 or more, got 1', { shop: { requestsPerAddress: 1 } }],
    ['shop.botControl: expected true or false, got 1', { shop: { botControl: 1 } }],
    ['shop.waf: expected no such field, got "waf"', { shop: { waf: true } }],
    ['keepData: expected true or false, got "no"', { keepData: 'no' }],
    ['reservedConcurrency: expected true or false, got 5', { reservedConcurrency: 5 }],
    ['tags.owner: expected a text, got 1', { tags: { owner: 1 } }],
    ['kepData: expected no such field, got "kepData"', { kepData: true }],
  ])('says which field, what was expected and what came: %s', (message, fields) => {
    const shown = message.replace('[1]', `${JSON.stringify(Array(201).fill('a')).slice(0, 77)}…`);
    expect(() => checkedConfig({ ...LEAST, ...fields })).toThrow(new TrailgatePropsError(...parts(shown)));
  });
});

/** Field, expectation and what came, of a message. */
function parts(message: string): [field: string, expected: string, got: string] {
  const [, field = '', expected = '', got = ''] = /^(\S+): expected (.*), got (.*)$/.exec(message) ?? [];
  return [field, expected, got];
}

describe('a config file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  test('is read and checked', async () => {
    const path = file('good.config.mjs', `export default ${JSON.stringify(LEAST)};`);
    expect(await readConfig(path)).toEqual(LEAST);
  });

  test('that is not there is named', async () => {
    const path = join(folder, 'missing.config.ts');
    await expect(readConfig(path)).rejects.toThrow(`--config: expected a file that is there, got "${path}"`);
  });

  test.each([
    [
      'exports no config',
      'empty.config.mjs',
      'export const config = 1;',
      /`export default defineConfig.*no default export/,
    ],
    [
      'throws',
      'throws.config.mjs',
      "throw new Error('no such stage');",
      /a module that loads, got Error: no such stage/,
    ],
    ['is no module', 'broken.config.mjs', 'export default {', /a module that loads, got \w*Error/],
    [
      'has a field too many',
      'field.config.mjs',
      'export default { nam: 1 };',
      /: expected (?:no such field|a value)/,
    ],
  ])('that %s is refused in a sentence', async (_, name, text, message) => {
    await expect(readConfig(file(name, text))).rejects.toThrow(message);
  });
});

describe('the options', () => {
  test('have defaults', () => {
    expect(readDeploymentCall([])).toEqual({
      configFile: 'trailgate.config.ts',
      outdir: '.trailgate/cdk.out',
      yes: false,
    });
  });

  test.each([[['--out']], [['--config']], [['--force']], [['production']], [['--yes=1']]])(
    'refuse %j',
    (args) => {
      expect(() => readDeploymentCall(args)).toThrow();
    },
  );
});
