import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Person } from "../../../shared/contracts/people.ts";
import { routes } from "../../../shared/contracts/routes.ts";
import { Refusal } from "./refusal.ts";

/** What a sender, or whoever answers for a case, does with it; the fake keeps just enough of it to be seen. */
export function answerCase(subject: GetCaseResponse, verb: string, text: string, me: Person): undefined {
  const body: unknown = JSON.parse(text);
  const at = new Date().toISOString();
  const { case: found } = subject;
  switch (verb) {
    case "messages": {
      if (!found.senderAsked) throw new Refusal("case-not-waiting");
      const sent = routes.sendMessage.body.parse(body);
      found.messages.push({ at, from: "sender", by: me.personId, byName: me.name, text: sent.text });
      found.senderAsked = false;
      return;
    }
    case "withdraw": {
      const { because } = routes.withdrawCase.body.parse(body);
      found.withdrawal = { by: me.personId, byName: me.name, at, because };
      found.status = "decided";
      return;
    }
    case "reopen": {
      routes.reopenCase.body.parse(body);
      found.status = "waiting";
      return;
    }
    case "impact":
      routes.reportImpact.body.parse(body);
      return;
    default:
      throw new Refusal("not-found");
  }
}
