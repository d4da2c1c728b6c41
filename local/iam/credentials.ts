import { createHmac, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Principal } from "./principal.ts";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Credentials {
  /** The key of a role (by logical id) or of the "operator". @throws {PrincipalUnknownError} */
  keyOf(principalName: string): AccessKey;
  /** Who a request's access key belongs to; undefined for a key this machine did not issue. */
  lookUp(accessKeyId: string): { readonly secretAccessKey: string; readonly principal: Principal } | undefined;
}

export class PrincipalUnknownError extends Error {
  override readonly name = "PrincipalUnknownError";
}

const secretBytes = 32;

/**
 * One plain access key for each principal, derived from a secret in the data directory: the same after every restart, so a
 * presigned URL outlives one, and different on every machine. There are no sessions and no rotation.
 */
export function openCredentials(dataDirectory: string, principals: Iterable<Principal>): Credentials {
  const secret = readOrCreateSecret(dataDirectory);
  const derive = (purpose: string, name: string) => createHmac("sha256", secret).update(`${purpose}\n${name}`).digest();
  const issued = [...principals].map((principal) => ({
    principal,
    accessKeyId: `AKIA${derive("id", principal.name).toString("hex").slice(0, 16).toUpperCase()}`,
    secretAccessKey: derive("secret", principal.name).toString("base64").slice(0, 40),
  }));
  const byName = new Map(issued.map((key) => [key.principal.name, key]));
  const byId = new Map(issued.map((key) => [key.accessKeyId, key]));
  return {
    keyOf: (name) => {
      const key = byName.get(name);
      if (!key) throw new PrincipalUnknownError(`No principal "${name}". Known: ${[...byName.keys()].join(", ")}.`);
      return { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey };
    },
    lookUp: (accessKeyId) => byId.get(accessKeyId),
  };
}

function readOrCreateSecret(dataDirectory: string): Buffer {
  mkdirSync(dataDirectory, { recursive: true });
  const path = join(dataDirectory, "credentials-secret");
  try {
    const secret = readFileSync(path);
    if (secret.length === secretBytes) return secret;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  const secret = randomBytes(secretBytes);
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w", 0o600); // readable by whoever runs the stack, nobody else
  writeSync(file, secret);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  return secret;
}
