/** Keeps the detectors' findings in OpenSearch, each under its own id, once. */
import type { IndexPort } from '@trailgate/collectors';
import type { FindingPort } from '@trailgate/detectors';
import { IndexWriteError } from './index-write-error.ts';
import { plainBulk } from './plain-bulk.ts';

/** `put` throws IndexWriteError for the first that is not kept; the batch behind it comes again and finds the others there. */
export function openSearchFindings(index: IndexPort): FindingPort {
  return {
    async put(findings) {
      const outcomes = await index.bulk(plainBulk(findings));
      for (const [position, finding] of findings.entries()) {
        const outcome = outcomes[position];
        if (outcome?.status === 'created' || outcome?.status === 'exists') continue;
        throw new IndexWriteError(finding.index, finding.id, outcome?.reason ?? 'no answer');
      }
    },
  };
}
