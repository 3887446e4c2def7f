import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { audienceRoles } from './audience-roles.ts';
import { componentTemplates } from './component-templates.ts';
import { indexSettings } from './index-options.ts';
import { indexMapping, indexTemplate } from './index-template.ts';
import { lifecyclePolicy } from './lifecycle-policy.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

/** What version generates what. */
const KNOWN = { version: 3, generated: '-hj_gK3g4VCJYPEHAx3h8w' };

test('what is generated has not changed under the same version', () => {
  const settings = indexSettings({ tenants: ['acme'] });
  const channels = ['business', 'trail'] as const;
  const generated = [
    [...componentTemplates(settings)],
    channels.map((channel) => [
      indexTemplate(channel),
      indexMapping(channel),
      lifecyclePolicy(channel, settings),
    ]),
    [...audienceRoles(settings)],
  ];
  const hash = createHash('sha256').update(JSON.stringify(generated)).digest('base64url').slice(0, 22);
  const advice =
    'what is generated for the index has changed: raise SCHEMA_VERSION, and put the new version and hash into KNOWN';
  expect({ version: SCHEMA_VERSION, generated: hash }, advice).toEqual(KNOWN);
});
