/** Watches every function of a scope, those made later too: what `watch(scope)` leaves in the construct tree. */
import { Annotations, type IAspect, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { isElsewhere, type Place } from '../elsewhere.ts';
import { isHelper, isIgnored, isPipelineGroup } from './unwatched.ts';

/** What the aspect needs of the watcher. */
export interface FunctionWatcher {
  /** Where watched functions must be. */
  readonly place: Place;
  /** Name of the group that the function's own settings give, or undefined. */
  ownGroup(fn: lambda.CfnFunction): string | undefined;
  subscribe(fn: lambda.CfnFunction): void;
}

export class WatchFunctions implements IAspect {
  readonly #watcher: FunctionWatcher;
  readonly #helpers: boolean;

  constructor(watcher: FunctionWatcher, helpers: boolean) {
    this.#watcher = watcher;
    this.#helpers = helpers;
  }

  visit(node: IConstruct): void {
    if (!(node instanceof lambda.CfnFunction) || isIgnored(node)) return;
    if (!this.#helpers && isHelper(node)) return;
    const group = this.#watcher.ownGroup(node);
    if (group !== undefined && isPipelineGroup(group)) return;
    if (isElsewhere(Stack.of(node), this.#watcher.place)) {
      // Not an error as with a function that was named: an app of many regions has a pipeline, or a destination, in each.
      Annotations.of(node).addWarningV2(
        'trailgate:watch-elsewhere',
        `not watched: it is not in region ${this.#watcher.place.region}; a destination there (RegionalDestination, LogArchive) can take its lines`,
      );
      return;
    }
    this.#watcher.subscribe(node);
  }
}
