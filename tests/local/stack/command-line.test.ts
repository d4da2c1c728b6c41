import { describe, expect, it } from "vitest";
import { portsFrom, readCommandLine } from "../../../local/stack/command-line.ts";

describe("the command line", () => {
  it("needs nothing", () => {
    expect(readCommandLine([])).toEqual({
      port: 4700,
      dataDirectory: ".signoff",
      fresh: false,
      samples: "when-new",
      verbose: false,
    });
  });

  it("puts the four addresses side by side, or leaves all to the operating system", () => {
    expect(portsFrom(5000)).toEqual({ page: 5000, api: 5001, signIn: 5002, aws: 5003 });
    expect(portsFrom(0)).toEqual({ page: 0, api: 0, signIn: 0, aws: 0 });
  });

  it("takes every flag", () => {
    const args = ["--port", "5000", "--data", "/tmp/x", "--fresh", "--samples", "--verbose"];
    expect(readCommandLine(args)).toEqual({
      port: 5000,
      dataDirectory: "/tmp/x",
      fresh: true,
      samples: "always",
      verbose: true,
    });
    expect(readCommandLine(["--empty"])).toMatchObject({ samples: "never" });
  });

  it.each([
    [["--bogus"], /Unknown option '--bogus'/],
    [["stray"], /stray/],
    [["--port", "-1"], /--port/],
    [["--port", "80a"], /"80a"/],
    [["--port", "65533"], /0 to 65532/],
    [["--port"], /--port/],
    [["--samples", "--empty"], /exclude each other/],
  ])("%j is refused with the usage", (args, problem) => {
    expect(() => readCommandLine(args)).toThrow(problem);
    expect(() => readCommandLine(args)).toThrow(/Usage: npm start/);
  });
});
