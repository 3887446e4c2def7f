/** Accepts that objects whose names are made at run time can only be named by a prefix. */
import { acceptFinding } from '../accepted-finding.ts';
import type { PipelineFunction } from './pipeline-function.ts';
import { wildcardFinding } from './wildcard-finding.ts';

export function acceptObjects(pipelineFunction: PipelineFunction, resources: readonly string[]): void {
  acceptFinding(pipelineFunction.role, {
    nag: resources.map((resource) => wildcardFinding(pipelineFunction, resource)),
    reason: 'Objects get their names at run time; the bucket and, where there is one, the prefix are named.',
  });
}
