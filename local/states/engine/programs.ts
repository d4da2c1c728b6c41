import { createHash } from "node:crypto";
import * as z from "zod";
import type { Principal } from "../../iam/principal.ts";
import type { Storage, Write } from "../../storage/storage.ts";
import { readDefinition } from "../definition/definition.ts";
import type { Program } from "./live-execution.ts";
import { keys } from "./record.ts";

/** A state machine as the template declares it: definition parsed, substitutions made. */
export interface MachineDeclaration {
  readonly arn: string;
  readonly name: string;
  readonly definition: unknown;
  readonly role: Principal;
  readonly logging?: unknown;
}

const text = z.union([z.string(), z.array(z.string())]).optional();
const storedProgramSchema = z.object({
  machineName: z.string(),
  definition: z.unknown(),
  role: z.object({
    arn: z.string(),
    name: z.string(),
    statements: z.array(
      z.object({
        Effect: z.enum(["Allow", "Deny"]),
        Action: text,
        NotAction: text,
        Resource: text,
        NotResource: text,
        Principal: z.unknown().optional(),
        Condition: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())]))).optional(),
      }),
    ),
  }),
});

/** The definitions that executions run: today's, and those that running executions started with. */
export class Programs {
  readonly #storage: Storage;
  readonly #integrations: ReadonlySet<string>;
  readonly #programs = new Map<string, Program & { readonly definition: unknown }>();
  readonly #currentByMachine = new Map<string, string>();
  readonly #roles = new Map<string, Principal>();

  constructor(storage: Storage, integrations: ReadonlySet<string>) {
    this.#storage = storage;
    this.#integrations = integrations;
  }

  /** @throws {DefinitionRefusedError} for a machine that this engine cannot run. */
  async declare(machines: readonly MachineDeclaration[]): Promise<void> {
    const writes: Write[] = [];
    for (const { arn, name, definition, role } of machines) {
      const id = createHash("sha256")
        .update(JSON.stringify([arn, role.arn, definition]))
        .digest("hex");
      const machine = readDefinition(name, definition, this.#integrations);
      this.#programs.set(id, { id, machine, role, definition });
      this.#currentByMachine.set(arn, id);
      this.#roles.set(role.arn, role);
      writes.push({ key: keys.definition(id), value: { machineName: name, definition, role } });
    }
    await this.#storage.write(writes);
  }

  current(machineArn: string): Program | undefined {
    const id = this.#currentByMachine.get(machineArn);
    return id === undefined ? undefined : this.#programs.get(id);
  }

  /** The program an execution started with. A role that is still deployed has today's policies, as on AWS. */
  async of(definitionId: string): Promise<Program & { readonly definition: unknown }> {
    const known = this.#programs.get(definitionId);
    if (known) return known;
    const stored = storedProgramSchema.parse(await this.#storage.get(keys.definition(definitionId)));
    const machine = readDefinition(stored.machineName, stored.definition, this.#integrations);
    const role = this.#roles.get(stored.role.arn) ?? withoutUndefined(stored.role);
    const program = { id: definitionId, machine, role, definition: stored.definition };
    this.#programs.set(definitionId, program);
    return program;
  }
}

/** zod gives `undefined` for what is missing; a Statement leaves it out. */
function withoutUndefined({ statements, ...role }: z.infer<typeof storedProgramSchema>["role"]): Principal {
  return {
    ...role,
    statements: statements.map(({ Effect, Action, NotAction, Resource, NotResource, Principal, Condition }) => ({
      Effect,
      ...(Action === undefined ? {} : { Action }),
      ...(NotAction === undefined ? {} : { NotAction }),
      ...(Resource === undefined ? {} : { Resource }),
      ...(NotResource === undefined ? {} : { NotResource }),
      ...(Principal === undefined ? {} : { Principal }),
      ...(Condition === undefined ? {} : { Condition }),
    })),
  };
}
