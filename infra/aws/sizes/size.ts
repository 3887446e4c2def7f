/** What a size decides: how much of each resource a deployment has. */

export type SizeName = 'dev' | 'small' | 'large';

export interface FunctionSize {
  /** MB; CPU comes with it. */
  readonly memory: number;
  /** Instances kept for this function and never exceeded: one a shard, and one for a batch that is tried again. */
  readonly reservedConcurrency: number;
}

export interface Size {
  readonly name: SizeName;
  /** Shards of the log stream: 1 MB/s or 1,000 records/s each. */
  readonly logShards: number;
  /** Shards of the signal stream, and so actors of the detector. */
  readonly signalShards: number;
  /** Hours that both streams keep records: how far back a replay reaches. */
  readonly streamRetentionHours: number;
  readonly collector: FunctionSize & {
    /** Records a batch. */
    readonly batchSize: number;
    /** Seconds that a batch may wait to fill. */
    readonly batchingWindow: number;
    readonly parallelizationFactor: number;
  };
  readonly detector: FunctionSize & { readonly batchSize: number; readonly batchingWindow: number };
  readonly ticker: { readonly memory: number; readonly ticksPerMinute: number };
  readonly search: {
    readonly dataNodes: number;
    readonly dataInstanceType: string;
    /** 0: none. */
    readonly masterNodes: number;
    readonly masterInstanceType: string;
    /** Availability zones that the nodes stand in. */
    readonly zones: 1 | 2 | 3;
    /** GB of gp3 a data node. */
    readonly volumeGb: number;
    /** Preset of the index schema: shards and replicas. */
    readonly indices: 'single' | 'standard' | 'large';
  };
  /** Days that the pipeline's own log groups are kept. */
  readonly logRetentionDays: number;
  /** Whether domain and functions stand in a VPC by default. */
  readonly network: 'public' | 'private';
}
