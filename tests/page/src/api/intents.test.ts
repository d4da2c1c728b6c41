import { describe, expect, it } from "vitest";
import { createIntents } from "../../../../page/src/api/intents.ts";

describe("intents", () => {
  it("keep a request's key until its fate is known, and never share one", () => {
    let made = 0;
    const intents = createIntents(() => `key-${++made}`);
    expect(intents.keyFor("stop")).toBe("key-1");
    expect(intents.keyFor("stop")).toBe("key-1");
    expect(intents.keyFor("go on")).toBe("key-2");
    intents.settled("stop");
    expect(intents.keyFor("stop")).toBe("key-3");
  });
});
