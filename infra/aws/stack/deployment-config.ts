/** What a platform engineer writes into `trailgate.config.ts` for `npm run deploy`; `config-schema.ts` checks it. */
import type { SizeName } from '../sizes/size.ts';

export interface DeploymentConfig {
  /** Of the stacks and all they make: 3 to 20 characters of a-z, 0-9 and -, a letter first. */
  readonly name: string;
  /** Twelve digits; a deploy with credentials of another account is refused. @default the credentials' */
  readonly account?: string;
  readonly region: string;
  readonly size: SizeName;
  /** For the estimate of cost only. @default 50 */
  readonly requestsPerSecond?: number;
  /** Where documents go. @default 'domain', one of its own */
  readonly index?: 'domain' | 'serverless' | ExistingDomain;
  /** Whether functions and domain stand in a VPC. @default the size's */
  readonly network?: 'public' | 'private';
  /** Who gets a mail for each alarm. @default nobody */
  readonly notify?: readonly string[];
  /** What is watched from the first deploy on. @default nothing but the shop, if it is deployed */
  readonly watch?: WatchConfig;
  /** Whose log groups may send here: those of accounts, or of an organization. @default this account's only */
  readonly archive?: { readonly accounts?: readonly string[]; readonly organization?: string };
  /** ARNs of IAM roles by what their people do; they are mapped to the index's roles. @default nobody */
  readonly audiences?: {
    readonly security?: readonly string[];
    readonly developer?: readonly string[];
    readonly dashboards?: readonly string[];
  };
  /**
   * The secure reference API, in a stack of its own, `<name>-shop`. To take it away again, first run
   * `npx cdk destroy --app .trailgate/cdk.out <name>-shop`: the pipeline's stack cannot change what that one uses.
   * @default false
   */
  readonly shop?: boolean | ShopConfig;
  /**
   * Whether data outlives the stack. Where it does not, buckets still have to be emptied by hand before a destroy: nothing
   * here may delete what it was given to keep.
   * @default true
   */
  readonly keepData?: boolean;
  /** Switch it off in an account whose concurrency is too small to keep any for a function. @default true */
  readonly reservedConcurrency?: boolean;
  /** On every resource. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ExistingDomain {
  readonly domainArn: string;
  /** `https://…` */
  readonly endpoint: string;
}

export interface WatchConfig {
  /** Names of functions that are in the account. */
  readonly functions?: readonly string[];
  /** Names of log groups that are in the account. */
  readonly logGroups?: readonly string[];
  /** All other log groups of the account, by a policy of CloudWatch Logs. */
  readonly account?: boolean;
}

export interface ShopConfig {
  /** ISO country codes that are refused at the edge. */
  readonly blockedCountries?: readonly string[];
  /** Requests that one address may send in five minutes. */
  readonly requestsPerAddress?: number;
  /** WAF's bot control, which is paid by the request. */
  readonly botControl?: boolean;
  /** The account has the role by which API Gateway writes logs, which is one for all its APIs. @default false */
  readonly existingGatewayRole?: boolean;
  /** The account's CloudTrail is there already. @default false */
  readonly existingTrail?: boolean;
  /**
   * ARNs of roles, `*` allowed, that may read and write the shop's tables beside its functions; who seeds it needs one.
   * @default the root user, and administrators of IAM Identity Center
   */
  readonly dataAdmins?: readonly string[];
}

/** Gives the config file its types. */
export function defineConfig(config: DeploymentConfig): DeploymentConfig {
  return config;
}
