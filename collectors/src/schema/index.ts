export {
  type BusinessField,
  FIELDS,
  type FieldName,
  type FieldType,
  type IndexField,
  type TrailField,
} from './fields.ts';
export { type IndexTemplate, indexTemplate, type Mapping, TEMPLATE_VERSION } from './index-template.ts';
