import { functionArn, type Members, machineArn } from "./bench-of-machines.ts";

/** Builders for small machines in tests. */
export const machine = (states: Members, members: Members = {}): Members => ({
  QueryLanguage: "JSONata",
  StartAt: Object.keys(states)[0],
  States: states,
  ...members,
});

/** A pause: the function "ask" gets the token, a SendTask call ends it. */
export const ask = (members: Members = { End: true }): Members => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: { FunctionName: functionArn("ask"), Payload: { token: "{% $states.context.Task.Token %}" } },
  ...members,
});

/** A call of a function with the state's input; its answer is the output. */
export const call = (name: string, members: Members = { End: true }): Members => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionArn(name), Payload: "{% $states.input %}" },
  Output: "{% $states.result.Payload %}",
  ...members,
});

export const startAndAwait = (child: string, members: Members = { End: true }): Members => ({
  Type: "Task",
  Resource: "arn:aws:states:::states:startExecution.sync:2",
  Arguments: { StateMachineArn: machineArn(child), Input: "{% $states.input %}" },
  ...members,
});
