import { EventBus, type IRuleTarget, Rule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { eventSource } from "../../shared/contracts/outcome.ts";
import type { HandlerFunction } from "../functions/handler-function.ts";

/** The bus on which cases announce themselves: CaseOpened, CaseWaiting, CaseDecided, CaseRejected. Others add rules to it. */
export class CaseEvents extends Construct {
  readonly #bus: EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bus = new EventBus(this, "Default", { description: "What happens to cases, for the systems around them" });
  }

  get busName(): string {
    return this.#bus.eventBusName;
  }

  /** Hands every outcome's event to a target. */
  onOutcome(
    scope: Construct,
    id: string,
    { description, target }: { readonly description: string; readonly target: IRuleTarget },
  ): void {
    new Rule(scope, id, {
      description,
      eventBus: this.#bus,
      eventPattern: { source: [eventSource], detailType: ["CaseDecided", "CaseRejected", "CaseWithdrawn"] },
      targets: [target],
    });
  }

  /** To announce, as this system and under no other name. */
  grantAnnounce(fn: HandlerFunction): void {
    fn.supply("EVENT_BUS", this.#bus.eventBusName);
    fn.allow(["events:PutEvents"], [this.#bus.eventBusArn], { StringEquals: { "events:source": eventSource } });
  }
}
