import { TaskFailure } from "../../../local/states/states.ts";
import { functionArn, type Members } from "./bench-of-machines.ts";

/**
 * The JSONata twin of a recorded JSONPath execution: same states, same happenings, so the same sequence of events. Where the
 * recording sends a message to a queue, the twin invokes a function: the history differs in the resource only.
 */
export interface Twin {
  /** Id of the recording. */
  readonly recorded: string;
  readonly machine: Members;
  readonly input?: unknown;
  /** What "work" does; "ask" keeps its token. */
  readonly work?: () => unknown;
  readonly happenings?: readonly Happening[];
  readonly ends: { readonly status: string; readonly error?: string; readonly output?: unknown };
}

type Happening =
  | { readonly passSeconds: number }
  | { readonly send: "SendTaskSuccess" | "SendTaskFailure" | "SendTaskHeartbeat"; readonly members?: Members };

const machine = (states: Members): Members => ({
  QueryLanguage: "JSONata",
  StartAt: Object.keys(states)[0],
  States: states,
});
const end = { Type: "Pass", End: true };

const ask = (members: Members): Members => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: { FunctionName: functionArn("ask"), Payload: { token: "{% $states.context.Task.Token %}" } },
  ...members,
});
const work = (members: Members): Members => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: { FunctionName: functionArn("work"), Payload: {} },
  ...members,
});
const workDirectly = (members: Members): Members => ({ Type: "Task", Resource: functionArn("work"), ...members });

const catchAllAfterRuntime = [
  { ErrorEquals: ["States.Runtime"], Next: "CaughtRuntime" },
  { ErrorEquals: ["States.ALL"], Next: "CaughtAll" },
];
const failing = {
  StartAt: "Fails",
  States: { Fails: { Type: "Fail", Error: "FailureType", Cause: "Cause description" } },
};
const overOne = (members: Members): Members =>
  machine({
    Start: { Type: "Pass", Output: [1], Next: "Each" },
    Each: {
      Type: "Map",
      MaxConcurrency: 1,
      ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...failing },
      Next: "Final",
      ...members,
    },
    Final: end,
    Caught: end,
  });
const inParallel = (members: Members): Members =>
  machine({ Both: { Type: "Parallel", Branches: [failing], Next: "Final", ...members }, Final: end, Caught: end });

const never = () => new Promise(() => undefined);
const raises = () => {
  throw new TaskFailure("Exception", '{"errorMessage":"Some exception was raised."}');
};
const tooMuch = () => "é".repeat(140_000);
const failureCaught = { Error: "FailureType", Cause: "Cause description" };

const success: Happening = { send: "SendTaskSuccess", members: { output: '"text"' } };
const failure: Happening = { send: "SendTaskFailure", members: { error: "Failure error", cause: "Failure cause" } };
const failureWithoutError: Happening = { send: "SendTaskFailure" };

export const twins: readonly Twin[] = [
  {
    recorded: "callback/test_callback.py::TestCallback::test_sqs_wait_for_task_token#0",
    machine: machine({ Ask: ask({ End: true }) }),
    happenings: [success],
    ends: { status: "SUCCEEDED", output: "text" },
  },
  {
    recorded: "callback/test_callback.py::TestCallback::test_sqs_wait_for_task_token_timeout#0",
    machine: machine({ Ask: ask({ TimeoutSeconds: 5, End: true }) }),
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "callback/test_callback.py::TestCallback::test_sqs_failure_in_wait_for_task_token#0",
    machine: machine({ Ask: ask({ End: true }) }),
    happenings: [failure],
    ends: { status: "FAILED", error: "Failure error" },
  },
  {
    recorded: "callback/test_callback.py::TestCallback::test_sqs_wait_for_task_tok_with_heartbeat#0",
    machine: machine({ Ask: ask({ TimeoutSeconds: 600, HeartbeatSeconds: 60, End: true }) }),
    happenings: [{ passSeconds: 50 }, { send: "SendTaskHeartbeat" }, { passSeconds: 50 }, success],
    ends: { status: "SUCCEEDED", output: "text" },
  },
  {
    recorded: "callback/test_callback.py::TestCallback::test_sqs_wait_for_task_token_call_chain#0",
    machine: machine({ First: ask({ Next: "Second" }), Second: ask({ End: true }) }),
    happenings: [success, success],
    ends: { status: "SUCCEEDED", output: "text" },
  },
  {
    recorded: "callback/test_callback.py::TestCallback::test_sqs_wait_for_task_token_no_token_parameter#0",
    machine: machine({
      Ask: ask({ Arguments: { FunctionName: functionArn("ask"), Payload: {} }, TimeoutSeconds: 5, End: true }),
    }),
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded:
      "callback/test_callback.py::TestCallback::test_sqs_failure_in_wait_for_task_tok_no_error_field[SQS_PARALLEL_WAIT_FOR_TASK_TOKEN]#0",
    machine: machine({
      Both: {
        Type: "Parallel",
        Branches: [{ StartAt: "Ask", States: { Ask: ask({ End: true }) } }],
        Catch: catchAllAfterRuntime,
        End: true,
      },
      CaughtRuntime: end,
      CaughtAll: end,
    }),
    happenings: [failureWithoutError],
    ends: { status: "SUCCEEDED", output: { Error: null, Cause: null } },
  },
  {
    recorded:
      "callback/test_callback.py::TestCallback::test_sqs_failure_in_wait_for_task_tok_no_error_field[SQS_WAIT_FOR_TASK_TOKEN_CATCH]#0",
    machine: machine({ Ask: ask({ Catch: catchAllAfterRuntime, End: true }), CaughtRuntime: end, CaughtAll: end }),
    happenings: [failureWithoutError],
    ends: { status: "SUCCEEDED", output: { Error: null, Cause: null } },
  },
  {
    recorded: "error_handling/test_task_service_sqs.py::TestTaskServiceSqs::test_sqs_failure_in_wait_for_task_tok#0",
    machine: machine({
      Ask: ask({ Catch: [{ ErrorEquals: ["Failure error"], Next: "Caught" }], Next: "Final" }),
      Final: end,
      Caught: end,
    }),
    happenings: [failure],
    ends: { status: "SUCCEEDED", output: { Error: "Failure error", Cause: "Failure cause" } },
  },
  {
    recorded: "local_mocking/test_base_callbacks.py::TestBaseScenarios::test_sqs_wait_for_task_token_task_failure#0",
    machine: machine({ Ask: ask({ Catch: catchAllAfterRuntime, End: true }), CaughtRuntime: end, CaughtAll: end }),
    happenings: [failure],
    ends: { status: "SUCCEEDED", output: { Error: "Failure error", Cause: "Failure cause" } },
  },
  {
    recorded: "timeouts/test_heartbeats.py::TestHeartbeats::test_heartbeat_timeout#0",
    machine: machine({ Ask: ask({ TimeoutSeconds: 600, HeartbeatSeconds: 5, End: true }) }),
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "timeouts/test_heartbeats.py::TestHeartbeats::test_heartbeat_path_timeout#0",
    machine: machine({
      Ask: ask({ TimeoutSeconds: 600, HeartbeatSeconds: "{% $states.input.heartbeatSeconds %}", End: true }),
    }),
    input: { heartbeatSeconds: 5 },
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "timeouts/test_heartbeats.py::TestHeartbeats::test_heartbeat_no_timeout#0",
    machine: machine({ Ask: ask({ HeartbeatSeconds: 5, End: true }) }),
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "error_handling/test_task_service_lambda.py::TestTaskServiceLambda::test_invoke_timeout#0",
    machine: machine({
      Work: work({ TimeoutSeconds: 5, Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Caught" }], Next: "Final" }),
      Final: end,
      Caught: end,
    }),
    work: never,
    happenings: [{ passSeconds: 5 }],
    ends: { status: "SUCCEEDED", output: { Error: "States.Timeout", Cause: "" } },
  },
  {
    recorded: "timeouts/test_timeouts.py::TestTimeouts::test_fixed_timeout_lambda#0",
    machine: machine({ Work: workDirectly({ TimeoutSeconds: 5, End: true }) }),
    work: never,
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "timeouts/test_timeouts.py::TestTimeouts::test_fixed_timeout_service_lambda_with_path#0",
    machine: machine({ Work: work({ TimeoutSeconds: "{% $states.input.timeoutSeconds %}", End: true }) }),
    input: { timeoutSeconds: 5 },
    work: never,
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "timeouts/test_timeouts.py::TestTimeouts::test_service_lambda_map_timeout#0",
    machine: machine({
      Each: {
        Type: "Map",
        Items: "{% $states.input %}",
        ItemProcessor: { StartAt: "Work", States: { Work: work({ TimeoutSeconds: 5, End: true }) } },
        End: true,
      },
    }),
    input: [1, 2, 3, 4],
    work: never,
    happenings: [{ passSeconds: 5 }],
    ends: { status: "FAILED", error: "States.Timeout" },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_map_state_catch#0",
    machine: overOne({ Catch: [{ ErrorEquals: ["FailureType"], Next: "Caught" }] }),
    ends: { status: "SUCCEEDED", output: failureCaught },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_map_state_retry#0",
    machine: overOne({ Retry: [{ ErrorEquals: ["FailureType"], MaxAttempts: 2 }] }),
    happenings: [{ passSeconds: 60 }],
    ends: { status: "FAILED", error: "FailureType" },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_parallel_state_catch#0",
    machine: inParallel({ Catch: [{ ErrorEquals: ["FailureType"], Next: "Caught" }] }),
    ends: { status: "SUCCEEDED", output: failureCaught },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_parallel_state_retry#0",
    machine: inParallel({ Retry: [{ ErrorEquals: ["FailureType"], MaxAttempts: 2 }] }),
    happenings: [{ passSeconds: 60 }],
    ends: { status: "FAILED", error: "FailureType" },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_lambda_invoke_with_retry_base#0",
    machine: machine({
      Work: workDirectly({
        Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 3 }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
        Next: "Final",
      }),
      Final: end,
      Caught: end,
    }),
    work: raises,
    happenings: [{ passSeconds: 60 }],
    ends: {
      status: "SUCCEEDED",
      output: { Error: "Exception", Cause: '{"errorMessage":"Some exception was raised."}' },
    },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_retry_interval_features#0",
    machine: machine({
      Work: workDirectly({
        Retry: [
          {
            ErrorEquals: ["States.ALL"],
            IntervalSeconds: 3,
            MaxAttempts: 2,
            BackoffRate: 2,
            MaxDelaySeconds: 5,
            JitterStrategy: "FULL",
          },
        ],
        End: true,
      }),
    }),
    work: raises,
    happenings: [{ passSeconds: 60 }],
    ends: { status: "FAILED", error: "Exception" },
  },
  {
    recorded: "scenarios/test_base_scenarios.py::TestBaseScenarios::test_retry_interval_features_max_attempts_zero#0",
    machine: machine({ Work: work({ Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 0 }], End: true }) }),
    work: raises,
    ends: { status: "FAILED", error: "Exception" },
  },
  {
    recorded:
      "error_handling/test_states_errors.py::TestStatesErrors::test_service_task_lambada_catch_state_all_data_limit_exceeded_on_large_utf8_response#0",
    machine: machine({
      Work: work({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }], Next: "Final" }),
      Final: end,
      Caught: end,
    }),
    work: tooMuch,
    ends: {
      status: "SUCCEEDED",
      output: {
        Error: "States.DataLimitExceeded",
        Cause:
          "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
      },
    },
  },
];
