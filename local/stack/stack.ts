import type { Clock } from "../clock/clock.ts";
import type { AccessKey } from "../iam/credentials.ts";
import type { Grant } from "../iam/principals.ts";
import type { PoolLimits } from "../lambda/pool.ts";
import type { SignInPerson } from "../sign-in/person.ts";
import type { Template } from "../template/template.ts";
import type { Ports } from "./front-doors.ts";
import type { Metered } from "./metering.ts";
import type { Parts } from "./parts.ts";

export interface BootOptions {
  /** Directory of the cloud assembly: what `cdk synth` writes. */
  readonly assembly: string;
  /** Everything that the stack keeps lies under it. */
  readonly dataDirectory: string;
  /** Empties the data directory first; refused where it is not Signoff's. @default false */
  readonly fresh?: boolean;
  /** @default the system's. Signatures of requests are always judged by the system's. */
  readonly clock?: Clock;
  /** @default ports that the operating system chooses */
  readonly ports?: Ports;
  /** Who can sign in. @default nobody */
  readonly people?: readonly SignInPerson[];
  /** Grants taken away from the template, so that a test can see who notices. @default none */
  readonly without?: readonly Grant[];
  readonly lambdaLimits?: Partial<PoolLimits>;
  /** Whether inbox and outcomes folders are kept in step with their buckets. @default true */
  readonly mirror?: boolean;
  readonly settleMilliseconds?: number;
  /** Told every log line. @default nobody: logs are files */
  readonly echo?: (source: string, line: string) => void;
  readonly parts?: Parts;
}

export interface Stack {
  readonly template: Template;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Ends in a slash, as the template's output does. */
  readonly pageUrl: string;
  readonly apiUrl: string;
  readonly signInUrl: string;
  readonly awsEndpoint: string;
  /** Key of whoever runs the stack, who may do everything. */
  readonly operatorCredentials: AccessKey;
  readonly region: string;
  readonly clock: Clock;
  readonly inboxDirectory: string;
  readonly outcomesDirectory: string;
  readonly logsDirectory: string;
  /** True until `firstStartDone` was called on this data directory. */
  readonly isNew: boolean;
  firstStartDone(): void;
  /** What the template has and this machine leaves out, a sentence each. */
  readonly notImitated: readonly string[];
  /** Moves a file of the data directory's disk into the inbox, as a new drop. @throws {Error} when the stack has no inbox */
  drop(file: string, key: string): Promise<void>;
  readonly temporaryDirectory: string;
  /** Secret with which a program's client signs in. */
  clientSecret(clientId: string): string;
  /** Since the stack was booted, except transitions: those are of all executions. */
  metered(): Promise<Metered>;
  /** Resolves when nothing moves: no file, event, function or execution (waits and functions under way aside). For tests. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
