import type { PolicyChange } from "../../../shared/contracts/policy.ts";
import { showTime } from "../view/clock.ts";

/** What became of a change, as a sentence. */
export function changeSays(change: PolicyChange, now: number): string {
  const { status, version, expiresAt, answeredByName, answeredAt, note } = change;
  const by = answeredByName === null ? "" : ` by ${answeredByName}`;
  const at = answeredAt === null ? "" : `, ${showTime(answeredAt, now)}`;
  const said = note === null || note === "" ? "" : ` “${note}”`;
  switch (status) {
    case "waiting":
      return expiresAt === null
        ? "Waits for a second owner."
        : `Waits for a second owner until ${showTime(expiresAt, now)}.`;
    case "applied":
      return answeredByName === null
        ? `Applied at once as version ${version}.`
        : `Signed${by}${at}; applied as version ${version}.${said}`;
    case "refused":
      return `Refused${by}${at}.${said}`;
    case "expired":
      return "Nobody signed it in time.";
    case "superseded":
      return "Another change came first.";
  }
}
