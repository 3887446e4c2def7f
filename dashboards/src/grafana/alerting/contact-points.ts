/** Who is told of alerts, and how often: contact points and notification policies as provisioning files. */
import { ORGANISATION } from './alert-groups.ts';

export const CONTACT_KINDS = ['email', 'sns', 'webhook'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

export interface ContactPointsFile {
  readonly apiVersion: 1;
  readonly contactPoints: readonly {
    readonly orgId: number;
    readonly name: string;
    readonly receivers: readonly ContactReceiver[];
  }[];
}

export interface ContactReceiver {
  readonly uid: string;
  readonly type: ContactKind;
  /** What is secret or an installation's own is the name of an environment variable, which Grafana fills in. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly disableResolveMessage: boolean;
}

export interface PoliciesFile {
  readonly apiVersion: 1;
  readonly policies: readonly object[];
}

/** Not a kind of contact point. */
export class ContactKindError extends Error {
  readonly code = 'CONTACT_KIND';
  override readonly name = 'ContactKindError';
}

const CONTACT_POINT = 'Trailgate';

const SETTINGS: Readonly<Record<ContactKind, Readonly<Record<string, unknown>>>> = {
  email: { addresses: '$TRAILGATE_ALERT_EMAILS', singleEmail: true },
  sns: {
    topic_arn: '$TRAILGATE_ALERT_TOPIC_ARN',
    // Without keys: the role or the environment that Grafana runs in.
    sigv4: { region: '$AWS_REGION' },
    // SNS takes 100 characters of ASCII.
    subject: 'Trailgate: {{ .Status }} ({{ len .Alerts }})',
  },
  webhook: {
    url: '$TRAILGATE_ALERT_WEBHOOK_URL',
    httpMethod: 'POST',
    authorization_scheme: 'Bearer',
    authorization_credentials: '$TRAILGATE_ALERT_WEBHOOK_TOKEN',
  },
};

/** One contact point that tells by every kind given. @throws ContactKindError for none, and naming what is no kind. */
export function contactPointsFile(kinds: readonly string[]): ContactPointsFile {
  const wanted = kinds.map(contactKind);
  if (wanted.length === 0) {
    throw new ContactKindError(
      `contact points: expected at least one of ${CONTACT_KINDS.join(', ')}, got none`,
    );
  }
  return {
    apiVersion: 1,
    contactPoints: [
      {
        orgId: ORGANISATION,
        name: CONTACT_POINT,
        receivers: [...new Set(wanted)].map((type) => ({
          uid: `trailgate-${type}`,
          type,
          settings: SETTINGS[type],
          disableResolveMessage: false,
        })),
      },
    ],
  };
}

function contactKind(text: string): ContactKind {
  const kind = CONTACT_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  throw new ContactKindError(
    `contact points: expected ${CONTACT_KINDS.join(', ')}, got ${JSON.stringify(text.slice(0, 40))}`,
  );
}

/** Alerts of one rule come together; what is critical is told again every hour, the rest twice a day. */
export function policiesFile(): PoliciesFile {
  return {
    apiVersion: 1,
    policies: [
      {
        orgId: ORGANISATION,
        receiver: CONTACT_POINT,
        group_by: ['grafana_folder', 'alertname'],
        group_wait: '30s',
        group_interval: '5m',
        repeat_interval: '12h',
        routes: [
          {
            receiver: CONTACT_POINT,
            object_matchers: [['severity', '=', 'critical']],
            group_wait: '10s',
            repeat_interval: '1h',
          },
        ],
      },
    ],
  };
}
