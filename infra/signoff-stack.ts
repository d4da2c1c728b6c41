import { join } from "node:path";
import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { scopes } from "../shared/contracts/route.ts";
import { Alarms } from "./alarms/alarms.ts";
import { CaseApi } from "./api/case-api.ts";
import { CaseEvents } from "./events/case-events.ts";
import { Triggers } from "./events/triggers.ts";
import { createCaseFunctions } from "./functions/case-functions.ts";
import { grantDetectText } from "./functions/text-detection.ts";
import { Anchoring } from "./ledger/anchoring.ts";
import { CaseMachine } from "./machines/case-machine.ts";
import { InvoiceAutomation } from "./machines/invoice-automation.ts";
import { PolicyChangeMachine } from "./machines/policy-change-machine.ts";
import { ReviewMachine } from "./machines/review-machine.ts";
import { ReviewPage } from "./page/review-page.ts";
import type { Settings } from "./settings.ts";
import { defaultDomainPrefix, SignIn, signInOrigin } from "./sign-in/sign-in.ts";
import { AccessLogBucket } from "./storage/access-log-bucket.ts";
import { EvidenceBucket } from "./storage/evidence-bucket.ts";
import { IntakeBucket } from "./storage/intake-bucket.ts";
import { LedgerAnchorsBucket } from "./storage/ledger-anchors-bucket.ts";
import { OutcomeBucket } from "./storage/outcome-bucket.ts";
import { CaseTable } from "./tables/case-table.ts";
import { LedgerTable } from "./tables/ledger-table.ts";
import { PeopleTable } from "./tables/people-table.ts";
import { Webhook, withoutWebhook } from "./webhook/webhook.ts";
import { acknowledgeWildcards } from "./wildcards.ts";

export interface SignoffStackProps extends StackProps {
  readonly settings: Settings;
  /** What `npm run build` wrote: `functions/<name>/index.mjs` and `page/index.html`. */
  readonly built: string;
}

/** The whole of Signoff. Reads in the order of a case: stores, functions, machines, triggers, API, page. */
export class SignoffStack extends Stack {
  constructor(scope: Construct, id: string, { settings, built, ...props }: SignoffStackProps) {
    super(scope, id, { description: "Signoff: human-in-the-loop automation", ...props });
    const { logRetentionDays } = settings;

    const { bucket: accessLog } = new AccessLogBucket(this, "AccessLogBucket", { retentionDays: logRetentionDays });
    const logged = (prefix: string) => ({ bucket: accessLog, prefix: `${prefix}/` });
    const intake = new IntakeBucket(this, "IntakeBucket", {
      logging: logged("intake"),
      versionRetentionDays: settings.intakeVersionRetentionDays,
    });
    const evidence = new EvidenceBucket(this, "EvidenceBucket", {
      logging: logged("evidence"),
      retentionDays: settings.evidenceRetentionDays,
    });
    const outcomes = new OutcomeBucket(this, "OutcomeBucket", { logging: logged("outcomes") });
    const cases = new CaseTable(this, "CaseTable");
    const ledger = new LedgerTable(this, "LedgerTable");
    const people = new PeopleTable(this, "PeopleTable");
    const events = new CaseEvents(this, "CaseEvents");

    const fn = createCaseFunctions(this, { bundles: join(built, "functions"), logRetentionDays });
    const observed = { logRetentionDays, tracing: settings.tracing };
    const invoices = new InvoiceAutomation(this, "AutomateInvoiceMachine", { functions: fn, ...observed });
    const review = new ReviewMachine(this, "ReviewMachine", { functions: fn, ...observed });
    const caseMachine = new CaseMachine(this, "CaseMachine", {
      automations: { invoices: invoices.machine },
      review,
      functions: fn,
      ...observed,
    });
    const triggers = new Triggers(this, "Triggers", { intake, caseMachine, functions: fn });

    // Drop
    intake.grantInspect(fn["open-case"]);
    cases.grantOpen(fn["open-case"]);
    ledger.grantAppend(fn["open-case"]);
    events.grantAnnounce(fn["open-case"]);
    caseMachine.grantStart(fn["open-case"]);
    cases.grantAnnounce(fn["submit-case"]);
    people.grantLookUp(fn["submit-case"]);
    intake.grantSignUpload(fn["submit-case"]);

    // First pass
    for (const reader of [fn["read-document"], fn["detect-page"], fn["render-pages"]]) {
      intake.grantReadVersion(reader);
      evidence.grantAdd(reader);
    }
    cases.grantReadCase(fn["read-document"]);
    cases.grantReadCase(fn["render-pages"]);
    cases.grantMeterPages(fn["detect-page"]);
    evidence.grantFind(fn["detect-page"]);
    grantDetectText(fn["detect-page"], { dailyPageCap: settings.dailyPageCap });
    cases.grantPropose(fn["propose-invoice"]);
    evidence.grantFind(fn["propose-invoice"]);
    evidence.grantFindLists(fn["propose-invoice"]);
    evidence.grantAdd(fn["propose-invoice"]);

    // Gate
    cases.grantGate(fn["gate-proposal"]);
    ledger.grantAppend(fn["gate-proposal"]);
    evidence.grantFind(fn["gate-proposal"]);

    // Review
    cases.grantOpenReview(fn["open-review"]);
    ledger.grantAppend(fn["open-review"]);
    events.grantAnnounce(fn["open-review"]);
    cases.grantListReviews(fn["list-reviews"]);
    people.grantLookUp(fn["list-reviews"]);
    for (const claimant of [fn["claim-review"], fn["release-review"]]) {
      cases.grantClaim(claimant);
      ledger.grantAppend(claimant);
      people.grantLookUp(claimant);
    }
    cases.grantDecide(fn["record-decision"]);
    ledger.grantAppend(fn["record-decision"]);
    people.grantLookUp(fn["record-decision"]);
    review.grantWake(fn["record-decision"]);
    evidence.grantFind(fn["record-decision"]);
    cases.grantClaim(fn["assign-review"]);
    ledger.grantAppend(fn["assign-review"]);
    people.grantLookUp(fn["assign-review"]);
    cases.grantAttach(fn["attach-evidence"]);
    people.grantLookUp(fn["attach-evidence"]);
    evidence.grantAdd(fn["attach-evidence"]);
    for (const taker of [fn["send-message"], fn["withdraw-case"]]) {
      cases.grantTakeWord(taker);
      ledger.grantAppend(taker);
      people.grantLookUp(taker);
      review.grantWake(taker);
    }
    cases.grantReopen(fn["reopen-case"]);
    ledger.grantAppend(fn["reopen-case"]);
    people.grantLookUp(fn["reopen-case"]);
    caseMachine.grantStart(fn["reopen-case"]);
    cases.grantSweep(fn["sweep-outbox"]);
    review.grantWake(fn["sweep-outbox"]);
    cases.grantReconcile(fn.reconcile);
    ledger.grantAppend(fn.reconcile);
    caseMachine.grantReconcile(fn.reconcile);

    // Outcome
    cases.grantClose(fn["deliver-outcome"]);
    ledger.grantAppend(fn["deliver-outcome"]);
    evidence.grantFind(fn["deliver-outcome"]);
    evidence.grantFindLists(fn["deliver-outcome"]);
    outcomes.grantDeliver(fn["deliver-outcome"]);
    events.grantAnnounce(fn["deliver-outcome"]);

    // Ledger anchors, webhook, redrive
    const anchors = new LedgerAnchorsBucket(this, "LedgerAnchorsBucket", { logging: logged("anchors") });
    new Anchoring(this, "Anchoring", { fn: fn["anchor-ledger"], ledger, anchors });
    const { webhookUrl: url } = settings;
    const webhook =
      url === undefined
        ? undefined
        : new Webhook(this, "Webhook", { url, fn: fn["send-webhooks"], events, cases, outcomes });
    if (webhook) webhook.grantRedrive(fn.redrive);
    else withoutWebhook({ sender: fn["send-webhooks"], redrive: fn.redrive });
    cases.grantRedrive(fn.redrive);
    ledger.grantAppend(fn.redrive);
    people.grantLookUp(fn.redrive);
    caseMachine.grantReconcile(fn.redrive);
    triggers.grantRedrive(fn.redrive);

    // Looking at it
    cases.grantReadHistory(fn["get-case"]);
    ledger.grantRead(fn["get-case"]);
    people.grantLookUp(fn["get-case"]);
    evidence.grantFind(fn["get-case"]);
    cases.grantNoteOpening(fn["get-page"]);
    people.grantLookUp(fn["get-page"]);
    evidence.grantSignAddress(fn["get-page"]);
    cases.grantReadCase(fn["get-attachment"]);
    people.grantLookUp(fn["get-attachment"]);
    evidence.grantFind(fn["get-attachment"]);
    people.grantLookUp(fn["get-me"]);
    people.grantLookUp(fn["get-list"]);
    evidence.grantFindLists(fn["get-list"]);
    cases.grantRemember(fn["put-list"]);
    people.grantLookUp(fn["put-list"]);
    evidence.grantReplaceLists(fn["put-list"]);

    // Policy
    const policyChange = new PolicyChangeMachine(this, "PolicyChangeMachine", { functions: fn, ...observed });
    cases.grantShowPolicy(fn["get-policy"]);
    ledger.grantRead(fn["get-policy"]);
    people.grantLookUp(fn["get-policy"]);
    cases.grantReadPolicies(fn["get-policy-version"]);
    people.grantLookUp(fn["get-policy-version"]);
    for (const changer of [fn["propose-policy-change"], fn["answer-policy-change"], fn["stop-workflow"]]) {
      cases.grantChangePolicies(changer);
      ledger.grantAppend(changer);
      ledger.grantRead(changer);
      people.grantLookUp(changer);
    }
    policyChange.grantStart(fn["propose-policy-change"]);
    policyChange.grantStart(fn["stop-workflow"]);
    policyChange.grantWake(fn["answer-policy-change"]);
    cases.grantAttendChange(fn["await-signature"]);
    cases.grantAttendChange(fn["apply-policy-change"]);
    ledger.grantAppend(fn["apply-policy-change"]);
    ledger.grantRead(fn["apply-policy-change"]);
    events.grantAnnounce(fn["apply-policy-change"]);

    // Figures, and who may do what
    cases.grantRollUp(fn["roll-up"]);
    cases.grantReadFigures(fn["get-metrics"]);
    people.grantLookUp(fn["get-metrics"]);
    cases.grantReport(fn["report-impact"]);
    ledger.grantAppend(fn["report-impact"]);
    ledger.grantRead(fn["report-impact"]);
    people.grantLookUp(fn["report-impact"]);
    people.grantLookUp(fn["list-people"]);
    people.grantList(fn["list-people"]);
    for (const changer of [fn["put-person"], fn["set-absence"]]) {
      people.grantChange(changer);
      ledger.grantAppend(changer);
      ledger.grantRead(changer);
      cases.grantRemember(changer);
    }

    // People and programs
    const domainPrefix = settings.signInDomainPrefix ?? defaultDomainPrefix(settings.environment);
    const signInAt = signInOrigin(domainPrefix);
    const api = new CaseApi(this, "Api", { requestsPerSecond: settings.apiRequestsPerSecond, logRetentionDays });
    const page = new ReviewPage(this, "Page", {
      built: join(built, "page"),
      api,
      logging: logged("page"),
      imageOrigin: evidence.origin,
      signInOrigin: signInAt,
    });
    const signIn = new SignIn(this, "SignIn", { domainPrefix });
    const personClient = signIn.addPersonClient(page.url);
    const programClient = signIn.addProgramClient();
    api.serve(fn, signIn);
    page.publish({
      issuer: signIn.issuer,
      authorizationEndpoint: `${signInAt}/oauth2/authorize`,
      tokenEndpoint: `${signInAt}/oauth2/token`,
      logoutEndpoint: `${signInAt}/logout`,
      clientId: personClient.userPoolClientId,
      scopes: ["openid", "email", "profile", ...Object.values(scopes)],
    });

    new Alarms(this, "Alarms", { email: settings.alarmEmail, triggers, caseMachine, api, functions: fn, webhook });

    this.#output({
      PageUrl: page.url,
      ApiUrl: api.url,
      IntakeBucket: intake.bucketName,
      OutcomeBucket: outcomes.bucketName,
      EvidenceBucket: evidence.bucketName,
      PeopleTable: people.tableName,
      UserPoolId: signIn.userPoolId,
      ProgramClientId: programClient.userPoolClientId,
      PersonClientId: personClient.userPoolClientId,
      EventBus: events.busName,
      CaseTable: cases.tableName,
      LedgerTable: ledger.tableName,
      LedgerAnchorsBucket: anchors.bucketName,
      RedriveFunction: fn.redrive.lambda.functionName,
      ...(webhook && { WebhookSecret: webhook.secretArn }),
    });
    acknowledgeWildcards(this);
  }

  /** Names are a contract: the deploy and invite commands and the one machine read them. */
  #output(values: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(values))
      new CfnOutput(this, `Output${key}`, { value }).overrideLogicalId(key);
  }
}
