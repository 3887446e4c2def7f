/** What the lines of one batch are worked on with: rules that all batches share, and memory that only one may use at a time. */
import { EventSpans } from '../decode/event-spans.ts';
import type { BodyPool } from '../delivery/bulk-sender.ts';
import type { IndexCut } from '../documents/index-name.ts';
import type { Shaper } from '../kinds/kind.ts';
import { kindsOf } from '../kinds/registry.ts';
import { ownGroups } from '../metrics/own-groups.ts';
import type { CollectorSettings } from '../options.ts';
import { createLineRedaction, type LineRedaction } from '../redaction/line-redaction.ts';
import { Splicer } from '../splice/splicer.ts';
import type { RecordRules } from './record-lines.ts';

export interface Workspace {
  readonly rules: RecordRules;
  readonly cut: IndexCut;
  readonly kinds: readonly Shaper[];
  readonly redaction: LineRedaction;
  readonly spans: EventSpans;
  readonly bodies: BodyPool;
  readonly splicer: Splicer;
}

/** Lends workspaces: an environment that serves several invocations at once needs one for each. */
export class Workspaces {
  readonly #shared: Pick<Workspace, 'rules' | 'cut' | 'kinds' | 'redaction'>;
  readonly #idle: Workspace[] = [];

  constructor(settings: CollectorSettings) {
    const { maxInflatedBytes, ownLogGroups, clientAddressHeaders, redaction } = settings;
    this.#shared = {
      rules: { maxInflatedBytes, isOwnGroup: ownGroups(ownLogGroups) },
      cut: settings,
      kinds: kindsOf(clientAddressHeaders),
      redaction: createLineRedaction(redaction),
    };
  }

  borrow(): Workspace {
    const { cut, redaction } = this.#shared;
    return (
      this.#idle.pop() ?? {
        ...this.#shared,
        spans: new EventSpans(),
        bodies: [],
        splicer: new Splicer(cut, redaction),
      }
    );
  }

  giveBack(workspace: Workspace): void {
    workspace.spans.release();
    this.#idle.push(workspace);
  }
}
