import { join } from "node:path";
import type { Clock } from "../clock/clock.ts";
import { openCloudFront } from "../cloudfront/cloudfront.ts";
import { createAuthorizer } from "../http-api/authorizer.ts";
import { bodyTooLarge, maxBodyBytes, openHttpApi } from "../http-api/http-api.ts";
import { openFunctionLog } from "../lambda/function-log.ts";
import type { Lambda } from "../lambda/lambda.ts";
import type { InvokePermitted } from "../lambda/permissions.ts";
import type { SignInPerson } from "../sign-in/person.ts";
import { openSignIn } from "../sign-in/sign-in.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { createLocalise } from "./addresses.ts";
import { openLoopback, type PageRequest, type PageResponse } from "./loopback.ts";

/** 0 lets the operating system choose. */
export interface Ports {
  readonly page: number;
  readonly api: number;
  readonly signIn: number;
  readonly aws: number;
}

export interface FrontDoorsOptions {
  readonly template: Template;
  readonly ports: Ports | undefined;
  readonly awsEndpoint: string;
  readonly clock: Clock;
  readonly signInStorage: Storage;
  readonly people: readonly SignInPerson[];
  readonly lambda: Lambda;
  readonly mayInvoke: InvokePermitted;
  readonly logsDirectory: string;
  report(problem: string, error: unknown): void;
}

export interface FrontDoors {
  readonly pageOrigin: string;
  readonly apiOrigin: string;
  readonly signInOrigin: string;
  localise(text: string): string;
  clientSecret(clientId: string): string;
  apiRequests(): number;
  close(): Promise<void>;
}

const maxFormBytes = 64 * 1024;

/**
 * What people and programs reach by HTTP: the page with the API under its origin, the API itself, the sign-in. The three listen
 * before any of them is built, since each must know the others' addresses.
 */
export async function openFrontDoors(options: FrontDoorsOptions): Promise<FrontDoors> {
  const { template, ports, awsEndpoint, clock, lambda, report } = options;
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(closing.map((step) => step()));
  };
  try {
    const door = async (port: number, maxBytes: number) => {
      let handle = async (_: PageRequest): Promise<PageResponse> => starting;
      const loopback = await openLoopback({
        port,
        maxBodyBytes: maxBytes,
        tooLarge: bodyTooLarge,
        handle: (request) => handle(request),
        report,
      });
      closing.push(loopback.close);
      const serve = (handler: (request: PageRequest) => Promise<PageResponse>) => {
        handle = handler;
      };
      return { origin: loopback.origin, serve };
    };
    const page = await door(ports?.page ?? 0, maxBodyBytes);
    const apiDoor = await door(ports?.api ?? 0, maxBodyBytes);
    const signInDoor = await door(ports?.signIn ?? 0, maxFormBytes);

    const localise = createLocalise(template, {
      aws: awsEndpoint,
      page: page.origin,
      api: apiDoor.origin,
      signIn: signInDoor.origin,
    });
    const signIn = await openSignIn({
      template,
      storage: options.signInStorage,
      clock,
      people: options.people,
      issuer: signInDoor.origin,
      pageOrigin: page.origin,
      localise,
    });
    const accessLog = openFunctionLog(join(options.logsDirectory, "access.log"));
    closing.push(async () => accessLog.flush());
    const api = openHttpApi({
      template,
      clock,
      authorize: createAuthorizer({ clock, localise }),
      mayInvoke: options.mayInvoke,
      invoke: lambda.invoke,
      accessLog: accessLog.line,
      report,
    });
    const distribution = openCloudFront({ template, localise, api: api.handle });
    signInDoor.serve(signIn.handle);
    apiDoor.serve(api.handle);
    page.serve(distribution.handle);
    return {
      pageOrigin: page.origin,
      apiOrigin: apiDoor.origin,
      signInOrigin: signInDoor.origin,
      localise,
      clientSecret: signIn.secretOf,
      apiRequests: () => api.metered().requests,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const starting: PageResponse = {
  status: 503,
  headers: { "content-type": "text/plain; charset=utf-8", "retry-after": "1" },
  body: "Signoff is starting. Try again in a moment.\n",
};
