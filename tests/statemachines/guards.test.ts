import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import validate from "asl-validator";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type FunctionName, functions } from "../../shared/contracts/functions.ts";
import { synthesize } from "../infra/synthesized.ts";
import { awsErrorNames } from "./aws-error-names.ts";
import {
  allStates,
  machineNames,
  machines,
  placeholdersOf,
  type Retrier,
  readDefinition,
  type State,
} from "./definitions.ts";

const template = await synthesize();
const lambdaTasks = allStates.filter(({ state }) => state.Resource?.includes(":lambda:invoke"));

describe.each(machineNames)("machine %s", (name) => {
  it("is valid Amazon States Language", () => {
    expect(validate(JSON.parse(readDefinition(name)))).toMatchObject({ isValid: true, errors: [] });
  });

  it("is written in JSONata and ends by itself within a year, the longest that AWS lets it run", () => {
    const { QueryLanguage, TimeoutSeconds = Number.POSITIVE_INFINITY } = machines.get(name) ?? {};
    expect(QueryLanguage).toBe("JSONata");
    expect(TimeoutSeconds).toBeLessThan(365 * 24 * 60 * 60);
  });

  it("has a substitution for each placeholder and a placeholder for each substitution", () => {
    const shape = z.object({
      DefinitionSubstitutions: z.record(z.string(), z.unknown()),
      LoggingConfiguration: z.unknown(),
    });
    const ofMachine = template
      .ofType("AWS::StepFunctions::StateMachine")
      .map(({ Properties }) => shape.parse(Properties))
      .find((one) => Object.keys(one.DefinitionSubstitutions).some((key) => placeholdersOf(name).includes(key)));
    expect(Object.keys(ofMachine?.DefinitionSubstitutions ?? {}).sort()).toEqual(placeholdersOf(name).sort());
  });
});

it("declares placeholders that no two machines share, so that each finds its own substitutions", () => {
  const all = machineNames.flatMap(placeholdersOf);
  expect(new Set(all).size).toBe(all.length);
});

it("pitfall 16: logs every event of every machine, and none of its data", () => {
  for (const { Properties } of template.ofType("AWS::StepFunctions::StateMachine"))
    expect(Properties.LoggingConfiguration).toMatchObject({ Level: "ALL", IncludeExecutionData: false });
});

describe("every wait", () => {
  const waits = allStates.filter(({ state: { Resource = "" } }) => /\.(waitForTaskToken|sync(:2)?)$/.test(Resource));

  it("pitfall 1: has a time-out, and a way on when it fails", () => {
    expect(waits.map(({ name }) => name).sort()).toEqual(["Automate", "AwaitSignature", "OpenReview", "Review"]);
    for (const { name, state } of waits) {
      expect([name, state.TimeoutSeconds]).not.toEqual([name, undefined]);
      expect([name, state.Catch.at(-1)?.ErrorEquals]).toEqual([name, ["States.ALL"]]);
    }
  });

  it("goes on to the next rung when nobody answers in time, without being retried first", () => {
    const open = machines.get("review")?.States.OpenReview;
    expect(open?.Catch[0]).toMatchObject({ ErrorEquals: ["States.Timeout"], Next: "NextRung" });
    expect(open?.Retry[0]).toMatchObject({ ErrorEquals: ["States.Timeout"], MaxAttempts: 0 });
  });
});

describe("every call of a function", () => {
  it.each(lambdaTasks)("waits longer than the function may run: $machine $name", ({ state }) => {
    if (state.Resource?.endsWith(".waitForTaskToken")) return; // waits for a person
    expect(state.TimeoutSeconds).toBeGreaterThan(functions[functionOf(state)].timeoutSeconds);
  });

  it.each(lambdaTasks)(
    "queues for hours when throttled, and tries again after a hiccup: $machine $name",
    ({ state }) => {
      const [throttled, hiccup] = state.Retry.filter(
        ({ ErrorEquals }) => !ErrorEquals.some((name) => name.startsWith("States.")),
      );
      const [model] = lambdaTasks;
      expect([throttled, hiccup]).toEqual(model?.state.Retry.slice(0, 2));
      expect(throttled?.ErrorEquals).toContain("Lambda.TooManyRequestsException");
      expect(throttled && expectedSeconds(throttled)).toBeGreaterThan(4 * 60 * 60);
    },
  );

  it("is the only one of its function; the delivery of an audited case is the other's twin, but for where it goes on", () => {
    const called = lambdaTasks.map(({ state }) => functionOf(state));
    expect(called.filter((name, index) => called.indexOf(name) !== index)).toEqual(["deliver-outcome"]);
    const states = machines.get("case")?.States;
    const same = (name: string) => {
      const state = states?.[name];
      return { retry: state?.Retry, catches: state?.Catch, resource: state?.Resource, seconds: state?.TimeoutSeconds };
    };
    expect(same("DeliverAudited")).toEqual(same("Deliver"));
  });
});

it("spreads every retry by jitter, so that what failed together is not tried together", () => {
  const retried = allStates.flatMap(({ state }) => state.Retry).filter(({ MaxAttempts }) => MaxAttempts > 0);
  expect(retried.length).toBeGreaterThan(10);
  expect(retried.filter(({ JitterStrategy }) => JitterStrategy !== "FULL")).toEqual([]);
});

it("never retries a document that cannot be read", () => {
  const retried = allStates.filter(({ machine }) => machine === "automate-invoice").flatMap(({ state }) => state.Retry);
  const names = new Set(retried.flatMap(({ ErrorEquals }) => ErrorEquals));
  const ofDocuments = [...ourErrorNames()].filter((name) => name.startsWith("Document"));
  expect(ofDocuments.length).toBeGreaterThan(3);
  for (const name of [...ofDocuments, "States.ALL", "States.TaskFailed"]) expect(names).not.toContain(name);
});

it("names only errors that AWS gives or that a class of ours is called", () => {
  const named = allStates
    .flatMap(({ state }) => [...state.Retry, ...state.Catch])
    .flatMap(({ ErrorEquals }) => ErrorEquals);
  const ours = ourErrorNames();
  expect([...new Set(named)].filter((name) => !awsErrorNames.includes(name) && !ours.has(name))).toEqual([]);
});

/** Mean of the waits between all attempts, in seconds: full jitter halves each. */
function expectedSeconds({ IntervalSeconds, BackoffRate, MaxAttempts, MaxDelaySeconds }: Retrier): number {
  return Array.from(
    { length: MaxAttempts },
    (_, n) => Math.min(IntervalSeconds * BackoffRate ** n, MaxDelaySeconds) / 2,
  ).reduce((sum, seconds) => sum + seconds, 0);
}

/** `${ReadDocumentFunctionArn}` calls read-document. */
function functionOf({ Arguments }: State): FunctionName {
  const [, pascal = ""] = /^\$\{(\w+)FunctionArn\}$/.exec(Arguments?.FunctionName ?? "") ?? [];
  const name = pascal.replaceAll(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
  const known = Object.keys(functions).find((one): one is FunctionName => one === name);
  if (known === undefined) throw new Error(`${Arguments?.FunctionName} names no function of the contract.`);
  return known;
}

/** Literal names of the error classes under `shared/`: what Lambda reports as the error's type, whatever a minifier renames. */
function ourErrorNames(): ReadonlySet<string> {
  const shared = join(import.meta.dirname, "..", "..", "shared");
  const sources = readdirSync(shared, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const names = sources.flatMap((file) =>
    [...readFileSync(join(shared, file), "utf8").matchAll(/override readonly name = "(\w+)"/g)].map(
      ([, name = ""]) => name,
    ),
  );
  return new Set(names);
}
