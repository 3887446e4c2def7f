import { describe, expect, test } from 'vitest';
import { componentTemplates } from './component-templates.ts';
import { indexSettings } from './index-options.ts';
import { indexTemplate } from './index-template.ts';
import { SCHEMA_VERSION } from './schema-version.ts';

const settings = indexSettings();

describe.each(['cluster', 'serverless'] as const)('templates for a %s', (engine) => {
  const components = componentTemplates(settings, engine);

  test('an index template is composed of components that there are', () => {
    for (const channel of ['business', 'trail'] as const) {
      for (const name of indexTemplate(channel, engine).composed_of)
        expect([...components.keys()]).toContain(name);
    }
  });

  test('all carry the version, and never settings and mappings in one', () => {
    for (const { version, template } of components.values()) {
      expect(version).toBe(SCHEMA_VERSION);
      expect(Object.keys(template)).toHaveLength(1);
    }
  });
});

test('an index template takes the daily indices and the late one, and gives them the alias of the channel', () => {
  expect(indexTemplate('trail')).toMatchObject({
    index_patterns: ['trail-*'],
    composed_of: ['trailgate-settings', 'trailgate-common', 'trailgate-trail'],
    template: { aliases: { trail: {} } },
  });
});

test('the settings are what was chosen, over the preset', () => {
  const chosen = componentTemplates(indexSettings({ preset: 'large', replicas: 2 }));
  expect(chosen.get('trailgate-settings')?.template).toMatchObject({
    settings: {
      index: {
        number_of_shards: '3',
        number_of_replicas: '2',
        refresh_interval: '5s',
        codec: 'best_compression',
      },
    },
  });
});

test('Serverless gets no settings, because it takes none', () => {
  const { composed_of } = indexTemplate('business', 'serverless');
  expect(composed_of).toEqual(['trailgate-common', 'trailgate-business']);
  expect([...componentTemplates(settings, 'serverless').keys()]).not.toContain('trailgate-settings');
});
