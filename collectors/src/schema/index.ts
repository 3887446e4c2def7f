export { AUDIENCES, type Audience, type AudienceRole, audienceRoles, roleName } from './audience-roles.ts';
export { type ComponentTemplate, componentTemplates, type EngineKind } from './component-templates.ts';
export { type BusinessField, FIELDS, type FieldName, type TrailField } from './fields.ts';
export { fitsFlatObject, userFields } from './flat-object.ts';
export type { FieldType, IndexField } from './index-field.ts';
export {
  INDEX_PRESETS,
  type IndexOptions,
  IndexOptionsError,
  type IndexPreset,
  type IndexSettings,
  indexSettings,
} from './index-options.ts';
export {
  channelAlias,
  type IndexTemplate,
  indexMapping,
  indexPattern,
  indexTemplate,
  indexTemplateName,
} from './index-template.ts';
export { type LifecyclePolicy, lifecyclePolicy, lifecyclePolicyName } from './lifecycle-policy.ts';
export type { Json } from './mapping.ts';
export { SCHEMA_VERSION } from './schema-version.ts';
