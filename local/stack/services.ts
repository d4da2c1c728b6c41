import type { Clock } from "../clock/clock.ts";
import { systemClock } from "../clock/system-clock.ts";
import { type DynamoDB, openDynamoDB } from "../dynamodb/service.ts";
import { type EventBus, openEventBus } from "../events/event-bus.ts";
import { readQueuePolicies } from "../events/queue-policy.ts";
import { openQueues } from "../events/queues.ts";
import { sqsService } from "../events/sqs-api.ts";
import { authorise } from "../iam/authorise.ts";
import { type Lambda, openLambda } from "../lambda/lambda.ts";
import { type InvokePermitted, readInvokePermissions } from "../lambda/permissions.ts";
import type { PoolLimits } from "../lambda/pool.ts";
import { openS3 } from "../s3/service.ts";
import { openSecrets } from "../secrets/secrets.ts";
import { openStates, type States } from "../states/states.ts";
import type { Template } from "../template/template.ts";
import { openTextract } from "../textract/textract.ts";
import { openEndpoint } from "../wire/endpoint.ts";
import { PortInUseError } from "./loopback.ts";
import { declaredMachines, invokeFromTask } from "./machines.ts";
import { classifyS3, observed } from "./metering.ts";
import type { Parts } from "./parts.ts";
import { deadLetterByRole } from "./queue-by-role.ts";
import type { Roles } from "./roles.ts";
import type { StackLog } from "./stack-log.ts";
import type { StateDirectory } from "./state-directory.ts";
import { callStates } from "./state-transitions.ts";

export interface ServicesOptions {
  readonly template: Template;
  readonly state: StateDirectory;
  readonly roles: Roles;
  readonly clock: Clock;
  readonly log: StackLog;
  /** Of the endpoint; 0 lets the operating system choose. */
  readonly port: number;
  readonly lambdaLimits: Partial<PoolLimits> | undefined;
  readonly echo: ((source: string, line: string) => void) | undefined;
  readonly parts: Parts;
  /** Steps that close what was opened, run last to first. */
  readonly closing: (() => Promise<void> | void)[];
  /** Told of each object that was put into a bucket. */
  objectWritten(bucket: string, key: string): void;
  localise(text: string): string;
}

export interface Services {
  readonly awsEndpoint: string;
  readonly lambda: Lambda;
  readonly events: EventBus;
  readonly states: States;
  readonly dynamodb: DynamoDB;
  readonly machineArns: readonly string[];
  readonly mayInvoke: InvokePermitted;
  readonly meter: {
    readonly s3Puts: number;
    readonly s3Gets: number;
    readonly s3Lists: number;
    readonly textractPages: number;
  };
  /** Takes up what an earlier run left, and lets events through. Call once, when functions can reach everything. */
  begin(): Promise<void>;
}

/** Opens the AWS services of the template behind one endpoint. Nothing moves until `begin`. */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { template, state, roles, clock, log, echo, parts, closing } = options;
  const eventStorage = await state.storage("events");
  const queues = openQueues(template, eventStorage, clock);
  const meter = { s3Puts: 0, s3Gets: 0, s3Lists: 0, textractPages: 0 };
  let awsEndpoint = "";

  const lambda = openLambda({
    template,
    storage: eventStorage,
    clock,
    authorise,
    logsDirectory: state.logs,
    temporaryDirectory: state.temporary,
    endpointUrl: () => awsEndpoint,
    accessKeyOf: roles.keyOf,
    localise: options.localise,
    deadLetter: deadLetterByRole(queues, authorise, roles.principalOf),
    report: log.report,
    limits: options.lambdaLimits,
    openPool: parts.openPool,
    echo,
  });
  closing.push(lambda.close);
  const mayInvoke = readInvokePermissions(template);

  const events = openEventBus({
    template,
    storage: eventStorage,
    clock,
    authorise,
    queues,
    mayInvoke,
    maySend: readQueuePolicies(template),
    acceptEvent: lambda.accept,
    startExecution: async (roleArn, stateMachineArn, name, input) => {
      await callStates(states, roles.principalOf(roleArn), "StartExecution", { stateMachineArn, name, input });
    },
    report: log.report,
  });
  closing.push(events.close);

  const machines = declaredMachines(template, roles.principalOf);
  const states = await openStates(machines, {
    clock,
    storage: await state.storage("states"),
    authorise,
    invokeFunction: invokeFromTask(lambda),
    publishEvent: async (event) => void (await events.publishEvent(event)),
  });
  closing.push(states.close);

  const dynamodb = await openDynamoDB({ template, storage: await state.storage("dynamodb"), clock, authorise });
  closing.push(dynamodb.close);
  // Objects whose event the last run did not get rid of are announced at once: not before functions can be reached.
  let begun = false;
  let begin = () => {};
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const s3 = await openS3({
    template,
    storage: await state.storage("s3"),
    directory: state.folder("s3-objects"),
    clock,
    authorise,
    report: log.report,
    publishEvent: async ({ time, ...event }) => {
      await ready;
      if (!begun) throw new Error("The stack was stopped before it had started.");
      await events.publishEvent({ ...event, time: new Date(time) });
    },
  });
  closing.push(s3.close, () => begin());
  const secrets = await openSecrets({
    template,
    storage: await state.storage("secrets"),
    now: () => clock.now(),
    authorise,
  });
  const textract = openTextract({ authorise });
  closing.push(textract.close);

  const observedS3 = observed(s3, (request) => {
    const kind = classifyS3(request);
    if (kind === "put") meter.s3Puts += 1;
    if (kind === "get") meter.s3Gets += 1;
    if (kind === "list") meter.s3Lists += 1;
    if (kind !== "put") return;
    const [, bucket = "", ...key] = request.path.split("/");
    options.objectWritten(bucket, decodeURIComponent(key.join("/")));
  });
  const observedTextract = observed(textract, () => {
    meter.textractPages += 1;
  });

  const endpoint = await openEndpoint({
    port: options.port,
    services: [
      dynamodb,
      observedS3,
      states,
      lambda,
      events,
      sqsService(queues, authorise),
      secrets,
      observedTextract,
    ].map((service) => parts.around?.(service) ?? service),
    credentials: roles.credentials,
    clock: parts.signatureClock ?? systemClock,
    onInternalFailure: (error, requestId) => log.report(`Request ${requestId} failed inside the stack.`, error),
  }).catch((error: unknown) => {
    throw isPortInUse(error) ? new PortInUseError(options.port, error) : error;
  });
  closing.push(endpoint.close, lambda.close); // functions end before what they talk to
  awsEndpoint = endpoint.url;

  return {
    awsEndpoint,
    lambda,
    events,
    states,
    dynamodb,
    machineArns: machines.map(({ arn }) => arn),
    mayInvoke,
    meter,
    begin: async () => {
      await events.recover();
      await lambda.recover();
      await states.recover();
      begun = true;
      begin();
    },
  };
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
