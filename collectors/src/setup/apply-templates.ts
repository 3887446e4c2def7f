/** Brings component templates and index templates to what this release generates. */
import type { Channel } from '@trailgate/sdk/wire';
import { componentTemplates, type EngineKind, SETTINGS_TEMPLATE } from '../schema/component-templates.ts';
import type { IndexSettings } from '../schema/index-options.ts';
import { indexTemplate, indexTemplateName } from '../schema/index-template.ts';
import type { Engine } from './engine.ts';
import type { Installed } from './installed.ts';
import { putTemplate } from './put-template.ts';
import type { SetupStep } from './setup-report.ts';

export async function applyTemplates(
  engine: Engine,
  installed: Installed,
  settings: IndexSettings,
  kind: EngineKind,
): Promise<readonly SetupStep[]> {
  const steps: SetupStep[] = [];
  for (const [name, template] of componentTemplates(settings, kind)) {
    const path = `/_component_template/${name}`;
    const had = installed.components.get(name);
    steps.push(await putTemplate(engine, 'component template', name, path, had, template));
  }
  if (kind === 'serverless') {
    steps.push({
      subject: 'component template',
      name: SETTINGS_TEMPLATE,
      status: 'skipped',
      detail: 'OpenSearch Serverless decides about shards, copies and refresh itself',
    });
  }
  for (const channel of ['business', 'trail'] satisfies Channel[]) {
    const name = indexTemplateName(channel);
    const path = `/_index_template/${name}`;
    const had = installed.templates.get(name);
    steps.push(await putTemplate(engine, 'index template', name, path, had, indexTemplate(channel, kind)));
  }
  return steps;
}
