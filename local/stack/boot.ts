import { S3Client } from "@aws-sdk/client-s3";
import { systemClock } from "../clock/system-clock.ts";
import { openDynamoDB } from "../dynamodb/service.ts";
import { openEventBus } from "../events/event-bus.ts";
import { readQueuePolicies } from "../events/queue-policy.ts";
import { openQueues } from "../events/queues.ts";
import { sqsService } from "../events/sqs-api.ts";
import { authorise } from "../iam/authorise.ts";
import { openLambda } from "../lambda/lambda.ts";
import { readInvokePermissions } from "../lambda/permissions.ts";
import type { Inbox } from "../mirror/inbox.ts";
import type { Outcomes } from "../mirror/outcomes.ts";
import { openS3 } from "../s3/service.ts";
import { openStates } from "../states/states.ts";
import { region } from "../template/physical-name.ts";
import { readTemplate } from "../template/read-template.ts";
import { openTextract } from "../textract/textract.ts";
import { openEndpoint } from "../wire/endpoint.ts";
import { openFrontDoors } from "./front-doors.ts";
import { PortInUseError } from "./loopback.ts";
import { declaredMachines, invokeFromTask } from "./machines.ts";
import { classifyS3, observed } from "./metering.ts";
import { openMirrors } from "./mirrors.ts";
import { whatIsNotImitated } from "./not-imitated.ts";
import { deadLetterByRole } from "./queue-by-role.ts";
import { openRoles } from "./roles.ts";
import type { BootOptions, Stack } from "./stack.ts";
import { openStackLog } from "./stack-log.ts";
import { openStateDirectory } from "./state-directory.ts";
import { allTransitions, callStates } from "./state-transitions.ts";

export type { BootOptions, Stack } from "./stack.ts";

/**
 * Brings up, from a synthesized template alone, everything that it declares: each service behind the real SDK's wire format,
 * each call judged by the caller's role, all state on disk. What a crash left is taken up.
 *
 * @throws {DataDirectoryInUseError, NotSignoffStateError, PortInUseError, ResourceTypeUnknownError} and what the services refuse
 */
export async function bootStack(options: BootOptions): Promise<Stack> {
  const { clock = systemClock, echo } = options;
  const template = readTemplate(options.assembly);
  const notImitated = whatIsNotImitated(template);
  const state = await openStateDirectory(options.dataDirectory, { fresh: options.fresh ?? false });
  const log = openStackLog(state.logs, () => clock.now(), echo && ((line) => echo("stack", line)));
  const closing: (() => Promise<void> | void)[] = [() => state.close(), log.flush];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    return await boot();
  } catch (error) {
    await close();
    throw error;
  }

  async function boot(): Promise<Stack> {
    const roles = openRoles(template, state.root, options.without ?? []);
    const eventStorage = await state.storage("events");
    const queues = openQueues(template, eventStorage, clock);
    const meter = { s3Puts: 0, s3Gets: 0, s3Lists: 0, textractPages: 0 };
    let localise = (text: string) => text;
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
      localise: (text) => localise(text),
      deadLetter: deadLetterByRole(queues, authorise, roles.principalOf),
      report: log.report,
      limits: options.lambdaLimits,
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
    const textract = openTextract({ authorise });
    closing.push(textract.close);

    let mirrors: { outcomes: Outcomes; inbox: Inbox; outcomeBucket: string } | undefined;
    const observedS3 = observed(s3, (request) => {
      const kind = classifyS3(request);
      if (kind === "put") meter.s3Puts += 1;
      if (kind === "get") meter.s3Gets += 1;
      if (kind === "list") meter.s3Lists += 1;
      if (kind !== "put" || mirrors === undefined) return;
      const [, bucket, ...key] = request.path.split("/");
      if (bucket === mirrors.outcomeBucket) mirrors.outcomes.written(decodeURIComponent(key.join("/")));
    });
    const observedTextract = observed(textract, () => {
      meter.textractPages += 1;
    });

    const endpoint = await openEndpoint({
      port: options.ports?.aws ?? 0,
      services: [dynamodb, observedS3, states, lambda, events, sqsService(queues, authorise), observedTextract],
      credentials: roles.credentials,
      clock: systemClock,
      onInternalFailure: (error, requestId) => log.report(`Request ${requestId} failed inside the stack.`, error),
    }).catch((error: unknown) => {
      throw isPortInUse(error) ? new PortInUseError(options.ports?.aws ?? 0, error) : error;
    });
    closing.push(endpoint.close, lambda.close); // functions end before what they talk to
    awsEndpoint = endpoint.url;

    const doors = await openFrontDoors({
      template,
      ports: options.ports,
      awsEndpoint,
      clock,
      signInStorage: await state.storage("sign-in"),
      people: options.people ?? [],
      lambda,
      mayInvoke,
      logsDirectory: state.logs,
      report: log.report,
    });
    closing.push(doors.close);
    localise = doors.localise;

    await events.recover();
    await lambda.recover();
    await states.recover();
    begun = true;
    begin();

    const sdk = { endpoint: awsEndpoint, region, credentials: roles.operatorKey };
    const s3Client = new S3Client(sdk);
    closing.push(() => s3Client.destroy());
    if (options.mirror !== false) {
      mirrors = await openMirrors({
        outputs: template.outputs,
        state,
        s3: s3Client,
        storage: await state.storage("mirror"),
        clock,
        report: log.report,
        settleMilliseconds: options.settleMilliseconds,
      });
      closing.push(mirrors.outcomes.close, mirrors.inbox.close);
    }

    return {
      template,
      outputs: template.outputs,
      pageUrl: `${doors.pageOrigin}/`,
      apiUrl: doors.apiOrigin,
      signInUrl: doors.signInOrigin,
      awsEndpoint,
      operatorCredentials: roles.operatorKey,
      region,
      clock,
      inboxDirectory: state.inbox,
      outcomesDirectory: state.outcomes,
      logsDirectory: state.logs,
      isNew: state.isNew,
      firstStartDone: state.firstStartDone,
      notImitated,
      temporaryDirectory: state.temporary,
      drop: async (file, key) => {
        if (mirrors === undefined) throw new Error("This stack was booted without its inbox (mirror: false).");
        await mirrors.inbox.drop(file, key);
      },
      clientSecret: doors.clientSecret,
      metered: async () => ({
        ...meter,
        ...dynamodb.consumed(),
        ...lambda.metered(),
        apiRequests: doors.apiRequests(),
        events: events.metered().events,
        stateTransitions: await allTransitions(
          states,
          machines.map(({ arn }) => arn),
        ),
      }),
      settled: async () => {
        await mirrors?.inbox.idle();
        await events.quiet();
        await lambda.quiet();
        await states.settled();
        await mirrors?.outcomes.idle();
      },
      close,
    };
  }
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
