import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Command, type Told, told } from "./messages.ts";

type Kind = Told["kind"];
type Of<K extends Kind> = Extract<Told, { kind: K }>;

/** The stack in a process of its own, so that its memory is its own. */
export class StackHandle {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<Kind, (message: Told) => void>();
  onOutcome: (caseId: string) => void = () => undefined;

  constructor(dataDirectory: string) {
    const script = fileURLToPath(new URL("./stack-process.ts", import.meta.url));
    this.#child = fork(script, [dataDirectory], {
      execArgv: ["--import", "tsx", "--expose-gc"],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    });
    this.#child.on("message", (message) => {
      const heard = told.parse(message);
      if (heard.kind === "outcome") this.onOutcome(heard.caseId);
      else this.#waiting.get(heard.kind)?.(heard);
    });
  }

  ready(): Promise<Of<"ready">> {
    return this.#next("ready");
  }

  measure(): Promise<Of<"measured">> {
    return this.#ask("measure", "measured");
  }

  count(): Promise<Of<"counted">> {
    return this.#ask("count", "counted");
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.send("stop" satisfies Command);
    await ended;
  }

  #ask<K extends Kind>(command: Command, kind: K): Promise<Of<K>> {
    const answer = this.#next(kind);
    this.#child.send(command);
    return answer;
  }

  #next<K extends Kind>(kind: K): Promise<Of<K>> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null) => reject(new Error(`The stack's process ended with ${code}.`));
      this.#child.once("exit", died);
      this.#waiting.set(kind, (message) => {
        this.#child.off("exit", died);
        if (isOf(message, kind)) resolve(message);
      });
    });
  }
}

const isOf = <K extends Kind>(message: Told, kind: K): message is Of<K> => message.kind === kind;
