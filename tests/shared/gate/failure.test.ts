import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureReason } from "../../../shared/gate/failure.ts";

const lambda = (errorType: string, errorMessage: string) =>
  JSON.stringify({ errorType, errorMessage, trace: ["Error", "    at read (file:///var/task/index.mjs:1:2)"] });

describe("a failure of the first pass", () => {
  it("is told in plain words when it is known, with what the reader said", () => {
    const cause = lambda("DocumentEmptyError", "The file has 0 bytes.");
    expect(failureReason("DocumentEmptyError", cause)).toMatchObject({
      message: "The file is empty",
      observed: "The file has 0 bytes.",
      passesIf: "the file had content",
    });
  });

  it("is found inside the report of a nested execution", () => {
    const cause = JSON.stringify({
      Error: "DocumentEncryptedError",
      Cause: lambda("DocumentEncryptedError", "Locked."),
    });
    expect(failureReason("States.TaskFailed", cause)).toMatchObject({ observed: "Locked." });
  });

  it("shows no frames of ours when the report was cut off", () => {
    const whole = lambda("DocumentUnreadableError", 'Page 2 is "damaged" at C:\\temp.\nTry again.');
    for (let length = 0; length <= whole.length; length++) {
      const { observed } = failureReason("DocumentUnreadableError", whole.slice(0, length));
      expect(observed).not.toMatch(/var\/task|errorType|trace/);
    }
    expect(failureReason("DocumentUnreadableError", whole.slice(0, -1)).observed).toBe(
      'Page 2 is "damaged" at C:\\temp.\nTry again.',
    );
  });

  it("that nobody knows is told by its name only: its message may hold the document's text", () => {
    for (const error of ["TypeError", "SyntaxError", "constructor", "toString", "__proto__"]) {
      const reason = failureReason(error, lambda(error, "Unexpected token in 'Dear Ms Miller'"));
      expect(reason.message).toBe("The software's first pass failed");
      expect(JSON.stringify(reason)).not.toContain("Miller");
    }
  });

  it("is always a whole reason, whatever was reported", () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.string(), fc.json()), (error, cause) => {
        const reason = failureReason(error, cause);
        expect(reason.message).not.toBe("");
        expect(reason.passesIf).not.toBe("");
        expect(reason.observed.length).toBeLessThanOrEqual(Math.max(300, error.length, cause.length));
      }),
    );
  });
});
