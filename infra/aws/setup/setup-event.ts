/** What CloudFormation asks of a custom resource, and how it wants to be answered. */

export interface SetupEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  /** Where the answer is put: signed, and worth as much as a password for two hours. */
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** Not at a creation. */
  readonly PhysicalResourceId?: string;
  /** As the template has them; read by `readProperties`. */
  readonly ResourceProperties?: unknown;
}

/** What came of it. */
export interface Outcome {
  readonly status: 'SUCCESS' | 'FAILED';
  /** For whoever looks at the events of the stack. */
  readonly reason: string;
  /** Attributes of the resource. */
  readonly data?: Readonly<Record<string, string>>;
}

const MAX_ANSWER_BYTES = 4_096; // CloudFormation, "Response objects"

/**
 * The answer as JSON, with a reason cut to what fits. The id never changes, because CloudFormation takes another one for another
 * resource and deletes the former.
 */
export function answerText(event: SetupEvent, { status, reason, data }: Outcome): string {
  const name = (event.ResourceProperties as { readonly Name?: unknown } | undefined)?.Name;
  const text = (said: string): string =>
    JSON.stringify({
      Status: status,
      Reason: said,
      PhysicalResourceId:
        event.PhysicalResourceId ??
        `trailgate-index-setup-${typeof name === 'string' && name !== '' ? name.slice(0, 64) : event.LogicalResourceId}`,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      NoEcho: false,
      ...(data !== undefined && { Data: data }),
    });
  let said = reason.slice(0, 2_000);
  while (Buffer.byteLength(text(said)) > MAX_ANSWER_BYTES && said !== '') said = said.slice(0, -100);
  return text(said);
}
