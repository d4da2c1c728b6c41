import { S3Client } from "@aws-sdk/client-s3";
import { systemClock } from "../clock/system-clock.ts";
import { region } from "../template/physical-name.ts";
import { readTemplate } from "../template/read-template.ts";
import { openFrontDoors } from "./front-doors.ts";
import { openMirrors } from "./mirrors.ts";
import { whatIsNotImitated } from "./not-imitated.ts";
import { openRoles } from "./roles.ts";
import { announceRunning } from "./running.ts";
import { openServices } from "./services.ts";
import type { BootOptions, Stack } from "./stack.ts";
import { openStackLog } from "./stack-log.ts";
import { openStateDirectory } from "./state-directory.ts";
import { allTransitions } from "./state-transitions.ts";

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
  const state = await openStateDirectory(options.dataDirectory, {
    fresh: options.fresh ?? false,
    open: options.parts?.openStorage,
  });
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
    let localise = (text: string) => text;
    let objectWritten = (_bucket: string, _key: string) => {};
    const services = await openServices({
      template,
      state,
      roles,
      clock,
      log,
      port: options.ports?.aws ?? 0,
      lambdaLimits: options.lambdaLimits,
      echo,
      parts: options.parts ?? {},
      closing,
      objectWritten: (bucket, key) => objectWritten(bucket, key),
      localise: (text) => localise(text),
    });
    const { awsEndpoint, lambda, events, states, dynamodb } = services;
    const doors = await openFrontDoors({
      template,
      ports: options.ports,
      awsEndpoint,
      clock,
      signInStorage: await state.storage("sign-in"),
      people: options.people ?? [],
      lambda,
      mayInvoke: services.mayInvoke,
      logsDirectory: state.logs,
      report: log.report,
    });
    closing.push(doors.close);
    localise = doors.localise;

    const s3 = new S3Client({ endpoint: awsEndpoint, region, credentials: roles.operatorKey });
    closing.push(() => s3.destroy());
    const mirrors =
      options.mirror === false
        ? undefined
        : openMirrors({
            outputs: template.outputs,
            state,
            s3,
            storage: await state.storage("mirror"),
            clock,
            report: log.report,
            settleMilliseconds: options.settleMilliseconds,
          });
    if (mirrors) {
      objectWritten = mirrors.objectWritten;
      closing.push(mirrors.close);
    }
    await services.begin();
    await mirrors?.begin();
    closing.push(
      announceRunning(state.root, {
        endpoint: awsEndpoint,
        region,
        credentials: roles.operatorKey,
        outputs: template.outputs,
      }),
    );

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
        await mirrors.drop(file, key);
      },
      clientSecret: doors.clientSecret,
      metered: async () => ({
        ...services.meter,
        ...dynamodb.consumed(),
        ...lambda.metered(),
        apiRequests: doors.apiRequests(),
        events: events.metered().events,
        stateTransitions: await allTransitions(states, services.machineArns),
      }),
      settled: async () => {
        await mirrors?.inboxIdle();
        await events.quiet();
        await lambda.quiet();
        await states.settled();
        await mirrors?.outcomesIdle();
      },
      close,
    };
  }
}
