/** Gives a function's role its calls at a domain, and says to scanners why there are wildcards in them. */
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { acceptFinding } from '../accepted-finding.ts';
import { wildcardFinding } from '../functions/wildcard-finding.ts';
import { type DomainCalls, domainStatements } from './domain-calls.ts';

const REASON =
  'Templates, policies, roles, monitors, indices and saved objects are named one by one as they are made; verbs and the beginnings of names are given.';

export function grantDomain(
  grantee: lambda.IFunction,
  domainArn: string,
  calls: readonly DomainCalls[],
): void {
  for (const statement of domainStatements(domainArn, calls)) grantee.addToRolePolicy(statement);
  const open = new Set(calls.flatMap(({ paths }) => paths).filter((path) => path.includes('*')));
  if (open.size === 0) return;
  acceptFinding(grantee.role ?? grantee, {
    nag: [...open].map((path) => wildcardFinding(grantee, `${domainArn}${path}`)),
    reason: REASON,
  });
}
