/** Sources of a console by value whose documents both stream to the page and can be searched in a real index. */
import { IndexedSources } from '../../infra/local/console/testing/indexed-sources.ts';

export const TRAIL = 'trail-2026.11.23';
export const BUSINESS = 'business-2026.11.23';

export class StagedSources extends IndexedSources {
  #unsearchable = new Map<string, Record<string, string>>();
  #count = 0;

  override addText(index: string, source: string): void {
    super.addText(index, source);
    this.#count += 1;
    const documents = this.#unsearchable.get(index) ?? {};
    documents[`id-${this.#count}`] = source;
    this.#unsearchable.set(index, documents);
  }

  /** Makes what was added findable, under the addresses that the live stream tells. */
  async indexed(): Promise<void> {
    const waiting = this.#unsearchable;
    this.#unsearchable = new Map();
    for (const [index, documents] of waiting) await this.put(index, documents);
  }
}
