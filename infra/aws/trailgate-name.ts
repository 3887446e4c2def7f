/** Names a deployment by where its construct stands, the same at each synth. */
import { Names } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { meets } from './elsewhere.ts';
import { TrailgatePropsError } from './props-error.ts';

/** Domains and collections are named so, too, and take no longer names. */
const LONGEST = 28;

export function defaultName(construct: IConstruct): string {
  const name = Names.uniqueResourceName(construct, {
    maxLength: LONGEST - 1,
    separator: '-',
    allowedSpecialCharacters: '-',
  })
    .toLowerCase()
    .replace(/-+$/, '');
  // Ids may begin with a digit, and names may not.
  return /^[a-z]/.test(name) ? name : `t${name.replace(/^-+/, '')}`;
}

/** Deployments by the app that they are in. */
const deployments = new WeakMap<IConstruct, Map<IConstruct, string>>();

/** @throws TrailgatePropsError where another deployment of the app has the name in the same account and region */
export function claimName(construct: IConstruct, name: string): void {
  const { root } = construct.node;
  const known = deployments.get(root) ?? new Map<IConstruct, string>();
  for (const [other, taken] of known) {
    if (taken !== name || !meets(construct, other)) continue;
    throw new TrailgatePropsError('name', `another than that of ${other.node.path}`, `'${name}'`);
  }
  deployments.set(root, known.set(construct, name));
}
