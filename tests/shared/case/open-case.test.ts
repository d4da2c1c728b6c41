import { describe, expect, it } from "vitest";
import { caseIdOfDrop, caseIdOfSubmission } from "../../../shared/case/case-id.ts";
import { openCase } from "../../../shared/case/open-case.ts";
import { submitCase } from "../../../shared/case/submit-case.ts";
import { caseId as anyCaseId } from "../../../shared/contracts/identifiers.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import { software } from "../../../shared/ledger/event.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { aPerson, later, noon } from "./builders.ts";
import { inMemoryCases } from "./in-memory-cases.ts";
import {
  inMemoryAnnouncer,
  inMemoryExecutions,
  inMemoryPeople,
  inMemorySubmissions,
  intakeWith,
} from "./in-memory-ports.ts";

const anIntake = (intake = intakeWith()) => ({
  cases: inMemoryCases(),
  intake,
  submissions: inMemorySubmissions(),
  executions: inMemoryExecutions(),
  announcer: inMemoryAnnouncer(),
  people: inMemoryPeople(aPerson("sam", { role: "submitter" })),
  uploads: { presign: async (key: string) => ({ url: `https://intake/${key}`, headers: {} }) },
  now: () => noon,
});

const aDrop = (key: string, versionId = "v1", sizeBytes = 1_000) => ({ bucket: "intake", key, versionId, sizeBytes });
const idOf = (key: string, versionId = "v1") => caseIdOfDrop("intake", key, versionId);

describe("a drop", () => {
  it("becomes a case with its first ledger event, an execution named after it, and an announcement", async () => {
    const ports = anIntake(intakeWith({ submitter: "Sam", reference: "PO-7", dueAt: later(60).toISOString() }));
    const caseId = await openCase(aDrop("invoices/march/brandt.pdf"), ports);
    if (caseId === null) throw new Error("No case was opened.");
    const record = await ports.cases.find(caseId);
    expect(record).toMatchObject({
      workflow: "invoices",
      status: "opened",
      fileName: "brandt.pdf",
      submitter: "Sam",
      reference: "PO-7",
      dueAt: later(60).toISOString(),
      obstacles: [],
    });
    expect(ports.executions.started).toMatchObject([{ name: caseId, input: { enterAt: "automate", round: 1 } }]);
    expect(ports.announcer.events).toEqual([
      { type: "CaseOpened", detail: { caseId, workflow: "invoices", reference: "PO-7" } },
    ]);
    expect(firstBroken(await ports.cases.history(caseId))).toBeNull();
  });

  it("that is reported again opens nothing twice", async () => {
    const ports = anIntake();
    const first = await openCase(aDrop("invoices/a.pdf"), ports);
    expect(await openCase(aDrop("invoices/a.pdf"), ports)).toBe(first);
    expect(ports.executions.started).toHaveLength(1);
    expect(await ports.cases.history(first ?? "")).toHaveLength(1);
  });

  it("that is reported twice at the same moment opens one case", async () => {
    const ports = anIntake();
    const ids = await Promise.all([1, 2, 3].map(() => openCase(aDrop("invoices/a.pdf"), ports)));
    expect(new Set(ids).size).toBe(1);
    expect(await ports.cases.history(ids[0] ?? "")).toHaveLength(1);
    expect(ports.executions.started).toHaveLength(1);
  });

  it("whose opening died half way is started and announced when it is reported again", async () => {
    const ports = anIntake();
    ports.announcer.refuse();
    await expect(openCase(aDrop("invoices/a.pdf"), ports)).rejects.toThrow("The bus is down.");
    await openCase(aDrop("invoices/a.pdf"), ports);
    expect(ports.announcer.events).toHaveLength(1);
    const unstarted = { ...ports, executions: { start: () => Promise.reject(new Error("Throttled.")) } };
    await expect(openCase(aDrop("invoices/b.pdf"), unstarted)).rejects.toThrow("Throttled.");
    await openCase(aDrop("invoices/b.pdf"), ports);
    expect(ports.executions.started.map(({ name }) => name)).toContain(idOf("invoices/b.pdf"));
  });

  it("pitfall 4: under an old name is a case of its own", async () => {
    const ports = anIntake();
    const first = await openCase(aDrop("invoices/a.pdf", "v1"), ports);
    const second = await openCase(aDrop("invoices/a.pdf", "v2"), ports);
    expect(second).not.toBe(first);
    expect(ports.executions.started).toHaveLength(2);
  });

  it.each(["invoices/", "invoices/2026/", "invoices/a.pdf.meta.json"])("opens no case for %s", async (key) => {
    const ports = anIntake();
    expect(await openCase(aDrop(key, "v1", key.endsWith("/") ? 0 : 20), ports)).toBeNull();
    expect(ports.executions.started).toEqual([]);
  });

  it("of zero bytes opens a case: somebody shall hear of it", async () => {
    expect(await openCase(aDrop("invoices/empty.pdf", "v1", 0), anIntake())).not.toBeNull();
  });

  it.each([
    ["bills/a.pdf", "The folder names no workflow", "bills"],
    ["a.pdf", "The file lies in no workflow's folder", "No folder"],
    ["../invoices/a.pdf", "The folder names no workflow", ".."],
    ["/invoices/a.pdf", "The folder names no workflow", "unnamed"],
    ["Invoices/a.pdf", "The folder names no workflow", "Invoices"],
    ["invoices", "The file lies in no workflow's folder", "No folder"],
  ])("in an unknown folder (%s) goes to a person, with the folders there are", async (key, message, observed) => {
    const ports = anIntake();
    const record = await ports.cases.find((await openCase(aDrop(key), ports)) ?? "");
    expect(record?.obstacles).toMatchObject([
      { triggerId: "workflow-unknown", message, observed, passesIf: "the file were dropped into one of: invoices" },
    ]);
  });

  it("with unreadable metadata goes to a person: it is not known who may not review it", async () => {
    const ports = anIntake(intakeWith({}, "The sidecar is not JSON"));
    const record = await ports.cases.find((await openCase(aDrop("invoices/a.pdf"), ports)) ?? "");
    expect(record?.obstacles).toMatchObject([
      { triggerId: "metadata-unreadable", observed: "The sidecar is not JSON" },
    ]);
  });

  it.each([
    ["invoices/Rechnung März 2026 (Ä).pdf", "Rechnung März 2026 (Ä).pdf"],
    ["invoices/請求書.pdf", "請求書.pdf"],
    ["invoices/100%25+VAT.pdf", "100%25+VAT.pdf"],
    ["invoices/../../etc/passwd", "passwd"],
    ["invoices/..", ".."],
    ["invoices/evil\u202Efdp.exe", "evilfdp.exe"],
    ["invoices/two\u2028lines\n.pdf", "twolines.pdf"],
    ["invoices/\u200b", "unnamed"],
    ["invoices/folder/", "unnamed"],
  ])("keeps the key of %j as it is and shows its name as %j", async (key, shown) => {
    const ports = anIntake();
    const record = await ports.cases.find((await openCase(aDrop(key), ports)) ?? "");
    expect(record).toMatchObject({ fileName: shown, headline: { title: shown }, source: { key } });
  });

  it("shows at most 200 characters of a name and cuts none in half", async () => {
    const ports = anIntake();
    const record = await ports.cases.find((await openCase(aDrop(`invoices/${"😀".repeat(300)}`), ports)) ?? "");
    expect(record?.fileName).toBe("😀".repeat(200));
  });
});

describe("an announced document", () => {
  const request = {
    workflow: "invoices" as const,
    fileName: "../../brandt.pdf",
    contentType: "application/pdf",
    sizeBytes: 1_000,
    reference: "PO-7",
  };
  const announced = async () => {
    const ports = anIntake(intakeWith({ submitter: "somebody-else" }));
    const { caseId, upload } = await submitCase("sam", "key-12345", request, ports);
    return { ports, caseId, key: upload.url.replace("https://intake/", "") };
  };

  it("becomes the announced case when it is uploaded; who announced it is its submitter, whatever the drop says", async () => {
    const { ports, caseId, key } = await announced();
    expect(await openCase(aDrop(key), ports)).toBe(caseId);
    expect(await ports.cases.find(caseId)).toMatchObject({
      submitter: "sam",
      reference: "PO-7",
      fileName: "../../brandt.pdf",
      source: { key: `invoices/api/${caseId}` },
    });
  });

  it("has the same id when the announcement is repeated, another for another key or person", async () => {
    const { ports, caseId } = await announced();
    expect((await submitCase("sam", "key-12345", request, ports)).caseId).toBe(caseId);
    expect((await submitCase("sam", "key-67890", request, ports)).caseId).not.toBe(caseId);
    expect(caseIdOfSubmission("sam", "a")).not.toBe(caseIdOfSubmission("sama", ""));
    expect(anyCaseId.safeParse(caseId).success).toBe(true);
  });

  it("that is uploaded twice is the announced case and a second one, both by the same submitter", async () => {
    const { ports, caseId, key } = await announced();
    expect(await openCase(aDrop(key, "v1"), ports)).toBe(caseId);
    const second = await openCase(aDrop(key, "v2"), ports);
    expect(second).toBe(idOf(key, "v2"));
    expect(await ports.cases.find(second ?? "")).toMatchObject({ submitter: "sam" });
    expect(await openCase(aDrop(key, "v1"), ports)).toBe(caseId);
  });

  it("that is uploaded twice at the same moment loses neither", async () => {
    const { ports, caseId, key } = await announced();
    const ids = await Promise.all(["v1", "v2"].map((version) => openCase(aDrop(key, version), ports)));
    expect(new Set(ids).size).toBe(2);
    expect(ids).toContain(caseId);
    const versions = await Promise.all(ids.map(async (id) => (await ports.cases.find(id ?? ""))?.source.versionId));
    expect(versions).toEqual(["v1", "v2"]);
    expect(ports.executions.started).toHaveLength(2);
  });

  it("is refused to whoever has no role in the workflow", async () => {
    await expect(submitCase("mallory", "key-12345", request, anIntake())).rejects.toBeInstanceOf(NotAllowedError);
  });

  it("names an upload address for fifteen minutes", async () => {
    const { upload } = await submitCase("sam", "key-12345", request, anIntake());
    expect(upload).toMatchObject({ method: "PUT", expiresAt: later(900).toISOString() });
  });
});

describe("the next version of a document whose sender was asked", () => {
  const asked = async () => {
    const ports = anIntake();
    const caseId = (await openCase(aDrop("invoices/a.pdf"), ports)) ?? "";
    const before = await ports.cases.find(caseId);
    if (!before) throw new Error("The case is missing.");
    const after = { ...before, status: "waiting" as const, senderAsked: true, rounds: 2 };
    const entry = { type: "SenderAsked" as const, actor: software, summary: "Asked", details: {} };
    await ports.cases.commit({ before, after, entry, awaitedKey: before.source }, noon);
    return { ports, caseId };
  };

  it("goes on with that case from the first pass on, however often it is announced", async () => {
    const { ports, caseId } = await asked();
    expect(await openCase(aDrop("invoices/a.pdf", "v2"), ports)).toBe(caseId);
    expect(await openCase(aDrop("invoices/a.pdf", "v2"), ports)).toBe(caseId);
    expect(ports.executions.started.slice(1)).toMatchObject([
      { name: `${caseId}-e1`, input: { caseId, enterAt: "automate", round: 3 } },
    ]);
    expect(await ports.cases.find(caseId)).toMatchObject({ source: { versionId: "v2" }, earlierVersions: ["v1"] });
    expect(await ports.cases.find(idOf("invoices/a.pdf", "v2"))).toMatchObject({ caseId });
  });

  it("leaves a late event of the version before without effect", async () => {
    const { ports, caseId } = await asked();
    await openCase(aDrop("invoices/a.pdf", "v2"), ports);
    expect(await openCase(aDrop("invoices/a.pdf", "v1"), ports)).toBe(caseId);
    expect((await ports.cases.find(caseId))?.source.versionId).toBe("v2");
    expect(ports.executions.started).toHaveLength(2);
  });

  it("is none that is a case already, announced once more: that case would be lost", async () => {
    const { ports, caseId } = await asked();
    const asks = await ports.cases.find(caseId);
    if (!asks) throw new Error("The case is missing.");
    ports.cases.given({ ...asks, senderAsked: false });
    const other = await openCase(aDrop("invoices/a.pdf", "v2"), ports);
    ports.cases.given({ ...asks, senderAsked: true });
    expect(await openCase(aDrop("invoices/a.pdf", "v2"), ports)).toBe(other);
    expect(await ports.cases.find(caseId)).toMatchObject({ source: { versionId: "v1" }, senderAsked: true });
    expect(await ports.cases.find(other ?? "")).toMatchObject({ caseId: other, source: { versionId: "v2" } });
  });

  it("shows nothing of the version before until it is read", async () => {
    const { ports, caseId } = await asked();
    const before = await ports.cases.find(caseId);
    if (!before) throw new Error("The case is missing.");
    ports.cases.given({ ...before, pages: 3, headline: { ...before.headline, amountMinor: 120_00, currency: "EUR" } });
    await openCase(aDrop("invoices/a.pdf", "v2"), ports);
    expect(await ports.cases.find(caseId)).toMatchObject({
      pages: 0,
      headline: { subtitle: "Not read yet", amountMinor: null },
    });
  });

  it("is a case of its own once the question is over", async () => {
    const { ports } = await asked();
    await openCase(aDrop("invoices/a.pdf", "v2"), ports);
    expect(await openCase(aDrop("invoices/a.pdf", "v3"), ports)).toBe(idOf("invoices/a.pdf", "v3"));
  });

  it("is uploaded by API where the first one lies, by its sender only, and only while they are asked", async () => {
    const { ports, caseId } = await asked();
    const record = await ports.cases.find(caseId);
    if (!record) throw new Error("The case is missing.");
    const request = {
      workflow: "invoices" as const,
      fileName: "a.pdf",
      contentType: "application/pdf",
      sizeBytes: 9,
      replaces: caseId,
    };
    await expect(submitCase("sam", "key-00001", request, ports)).rejects.toThrow("There is no case");
    ports.cases.given({ ...record, submitter: "sam" });
    expect((await submitCase("sam", "key-00001", request, ports)).upload.url).toBe("https://intake/invoices/a.pdf");
    ports.cases.given({ ...record, submitter: "sam", senderAsked: false });
    await expect(submitCase("sam", "key-00001", request, ports)).rejects.toThrow("No question is out");
  });
});
