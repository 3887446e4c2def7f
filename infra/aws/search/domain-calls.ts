/** What the functions call at a domain, by verb and path, and the IAM statements that let them; nothing else is allowed. */
import * as iam from 'aws-cdk-lib/aws-iam';

export interface DomainCalls {
  readonly verb: 'Get' | 'Put' | 'Post';
  /** After the domain; `*` stands for any text and `?` for one character, as IAM reads them. */
  readonly paths: readonly string[];
}

/** Collector and detector make one call. Which indices it may name is up to the domain's own roles. */
export const WRITE_CALLS: readonly DomainCalls[] = [{ verb: 'Post', paths: ['/_bulk'] }];

const TEMPLATES = ['/_component_template/trailgate-*', '/_index_template/trailgate-*'];
const ROLES = [
  '/_plugins/_security/api/roles/trailgate_*',
  '/_plugins/_security/api/rolesmapping/trailgate_*',
];
const LIFECYCLE = '/_plugins/_ism/policies/trailgate-*';
const MONITORS = '/_plugins/_alerting/monitors';
const CHANNELS = '/_plugins/_notifications/configs';
const SAVED_OBJECTS = '/_dashboards/api/saved_objects';

/** It reads what is there, writes what differs, and reads no document. */
export const SETUP_CALLS: readonly DomainCalls[] = [
  {
    verb: 'Get',
    paths: [
      ...TEMPLATES,
      '/business/_alias',
      '/business-*/_alias/business',
      '/business-*/_mapping',
      '/trail/_alias',
      '/trail-*/_alias/trail',
      '/trail-*/_mapping',
      LIFECYCLE,
      '/_plugins/_ism/explain/*',
      ...ROLES,
      `${CHANNELS}/trailgate-*`,
    ],
  },
  {
    verb: 'Put',
    paths: [
      ...TEMPLATES,
      // The empty index of a day, and none of its documents: a `?` stands for one character.
      '/trail-????.??.??',
      '/business-*/_mapping',
      '/trail-*/_mapping',
      LIFECYCLE,
      ...ROLES,
      `${CHANNELS}/trailgate-*`,
      // Their ids are given out by the domain.
      `${MONITORS}/*`,
    ],
  },
  {
    verb: 'Post',
    paths: [
      '/_aliases',
      '/_plugins/_ism/add/*',
      '/_plugins/_ism/change_policy/*',
      CHANNELS,
      MONITORS,
      `${MONITORS}/_search`,
      `${SAVED_OBJECTS}/_bulk_get`,
      `${SAVED_OBJECTS}/_import`,
    ],
  },
];

const ANALYTICS = '/_plugins/_security_analytics';
const ANALYTICS_KINDS = ['logtype', 'rules', 'detectors'].map((kind) => `${ANALYTICS}/${kind}`);

/** Of the set-up, where Security Analytics is wanted. */
export const ANALYTICS_CALLS: readonly DomainCalls[] = [
  { verb: 'Get', paths: [`${ANALYTICS}/mappings`] },
  { verb: 'Put', paths: ANALYTICS_KINDS.map((kind) => `${kind}/*`) },
  {
    verb: 'Post',
    paths: [...ANALYTICS_KINDS, ...ANALYTICS_KINDS.map((kind) => `${kind}/_search`), `${ANALYTICS}/mappings`],
  },
];

/** One statement a verb; with `principal` for the domain's policy, without for that of a role. */
export function domainStatements(
  domainArn: string,
  calls: readonly DomainCalls[],
  principal?: iam.IPrincipal,
): readonly iam.PolicyStatement[] {
  return calls.map(
    ({ verb, paths }) =>
      new iam.PolicyStatement({
        actions: [`es:ESHttp${verb}`],
        resources: paths.map((path) => `${domainArn}${path}`),
        ...(principal === undefined ? {} : { principals: [principal] }),
      }),
  );
}
