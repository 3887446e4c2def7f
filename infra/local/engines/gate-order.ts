/** What the stack and the DynamoDB engine's process say to each other about tables that are down. */
export interface GateOrder {
  /** Number of the order, for the reply. */
  readonly order: number;
  /** Tables whose requests are refused from now on, and no others. */
  readonly refuse: readonly string[];
}

export interface GateReply {
  /** The order that is in force. */
  readonly order: number;
}
