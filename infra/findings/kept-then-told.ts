/** Tells people of a finding once it is there to be read. */
import type { FindingPort } from '@trailgate/detectors';

export function keptThenTold(kept: FindingPort, told: FindingPort): FindingPort {
  return {
    async put(findings) {
      await kept.put(findings);
      await told.put(findings);
    },
  };
}
