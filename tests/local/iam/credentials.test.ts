import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openCredentials, PrincipalUnknownError } from "../../../local/iam/credentials.ts";
import { operator } from "../../../local/iam/principals.ts";
import { temporaryDirectory } from "../template/temporary-directory.ts";

const role = {
  name: "OpenCaseRole",
  arn: "arn:aws:sts::000000000000:assumed-role/OpenCaseRole/Signoff",
  statements: [],
};
const newDirectory = () => temporaryDirectory("credentials");

it("gives each principal a key of its own, the same after a restart and another in another directory", () => {
  const directory = newDirectory();
  const first = openCredentials(directory, [operator, role]);
  const key = first.keyOf("OpenCaseRole");
  expect(openCredentials(directory, [operator, role]).keyOf("OpenCaseRole")).toEqual(key);
  expect(openCredentials(newDirectory(), [role]).keyOf("OpenCaseRole")).not.toEqual(key);
  expect(first.keyOf("operator")).not.toEqual(key);
  expect(key.accessKeyId).toMatch(/^AKIA[A-F0-9]{16}$/);
  expect(first.lookUp(key.accessKeyId)?.principal).toBe(role);
  expect(first.lookUp("AKIAFORGED")).toBeUndefined();
});

it("keeps its secret from other users of the machine", () => {
  const directory = newDirectory();
  openCredentials(directory, []);
  expect(statSync(join(directory, "credentials-secret")).mode & 0o777).toBe(0o600);
});

it("says who has a key when asked for a stranger's", () => {
  expect(() => openCredentials(newDirectory(), [role]).keyOf("Nobody")).toThrow(PrincipalUnknownError);
});
