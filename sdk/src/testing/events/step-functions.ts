/** The event that a Step Functions task is given when its state machine passes its context object on. */
import { ACCOUNT, INSTANT, REGION } from './instant.ts';
import { type Overrides, withOverrides } from './overrides.ts';

/** Step Functions injects nothing: the state machine has to pass these three, as `$$` or `$states.context`. */
export interface StepFunctionsEvent {
  Execution: {
    Id: string;
    Name: string;
    Input: Record<string, unknown>;
    RoleArn: string;
    StartTime: string;
    RedriveCount: number;
  };
  State: { Name: string; EnteredTime: string; RetryCount: number };
  StateMachine: { Id: string; Name: string };
}

export function stepFunctions(overrides?: Overrides<StepFunctionsEvent>): StepFunctionsEvent {
  const name = '9f0c2a3e-8a5b-4f6d-9b1a-2c3d4e5f6071';
  const states = `arn:aws:states:${REGION}:${ACCOUNT}`;
  return withOverrides<StepFunctionsEvent>(
    {
      Execution: {
        Id: `${states}:execution:fulfil-order:${name}`,
        Name: name,
        Input: { orderId: '17' },
        RoleArn: `arn:aws:iam::${ACCOUNT}:role/fulfil-order`,
        StartTime: INSTANT,
        RedriveCount: 0,
      },
      State: { Name: 'ReserveStock', EnteredTime: INSTANT, RetryCount: 0 },
      StateMachine: { Id: `${states}:stateMachine:fulfil-order`, Name: 'fulfil-order' },
    },
    overrides,
  );
}
