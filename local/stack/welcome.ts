import { join, relative } from "node:path";
import type { SignInPerson } from "../sign-in/person.ts";
import type { Stack } from "./boot.ts";

export interface WelcomeOptions {
  readonly stack: Stack;
  readonly people: readonly SignInPerson[];
  readonly samplesDropped: number;
  readonly workflows: readonly string[];
  /** Client with which a program may try the API. */
  readonly programClientId: string;
  readonly currentDirectory: string;
}

/** What one needs to know to begin: what to open, as whom, where to drop, where to look. */
export function welcome(options: WelcomeOptions): string {
  const { stack, people, samplesDropped, workflows, programClientId, currentDirectory } = options;
  const shown = (path: string) => {
    const short = relative(currentDirectory, path);
    return short.startsWith("..") ? path : short;
  };
  const width = Math.max(...people.map(({ name }) => name.length));
  const lines = [
    "",
    `Signoff runs. Open ${stack.pageUrl}`,
    "",
    "Sign in as one of:",
    ...people.map(({ name, may }) => `  ${name.padEnd(width)}  ${may}`),
    "",
    ...workflows.map((workflow) => `Drop files into   ${shown(join(stack.inboxDirectory, workflow))}/`),
    `Outcomes come to  ${shown(stack.outcomesDirectory)}/`,
    `Logs are in       ${shown(stack.logsDirectory)}/`,
    ...(samplesDropped > 0
      ? ["", `${samplesDropped} sample invoices were dropped; in a moment some wait for you.`]
      : []),
    "",
    `API               ${stack.apiUrl}`,
    `Token for it      curl -s ${stack.signInUrl}/oauth2/token -u ${programClientId}:${stack.clientSecret(programClientId)} -d grant_type=client_credentials`,
    `AWS services      ${stack.awsEndpoint}`,
    "",
    "What the one machine leaves out:",
    ...stack.notImitated.map((sentence) => `  ${sentence}`),
    "",
    "Ctrl-C stops it. State is kept: start again, and every case is there.",
    "",
  ];
  return lines.join("\n");
}
