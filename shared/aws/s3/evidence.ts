import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { pageText } from "../../contracts/document.ts";
import { proposal } from "../../contracts/proposal.ts";
import type { Proposals } from "../../proposal/proposals.ts";
import { type PageTexts, type Readings, reading } from "../../reading/reading.ts";
import { isMissing } from "./missing.ts";

/** What is kept of a case beside its row: texts, the proposal, page images. One prefix a case, so that retention can delete it. */
export interface EvidenceBucket {
  readonly client: S3Client;
  readonly bucket: string;
}

const proposalKey = (caseId: string) => `cases/${caseId}/proposal.json`;
const textKey = (caseId: string, page: number) => `cases/${caseId}/text/${page}.json`;
const readingKey = (caseId: string) => `cases/${caseId}/reading.json`;

async function getJson<T>({ client, bucket }: EvidenceBucket, key: string, schema: z.ZodType<T>): Promise<T | null> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return schema.parse(JSON.parse((await Body?.transformToString("utf-8")) ?? ""));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function putJson({ client, bucket }: EvidenceBucket, key: string, value: unknown): Promise<void> {
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: JSON.stringify(value), ContentType: "application/json" }),
  );
}

export function s3Proposals(evidence: EvidenceBucket): Proposals {
  return {
    find: (caseId) => getJson(evidence, proposalKey(caseId), proposal),
    save: (caseId, value) => putJson(evidence, proposalKey(caseId), value),
  };
}

/** A page's text with the document that it is of. */
const detectedText = pageText.extend({ documentHash: z.string().nullable().default(null) });

export function s3PageTexts(evidence: EvidenceBucket): PageTexts {
  return {
    find: async (caseId, page, documentHash) => {
      const found = await getJson(evidence, textKey(caseId, page), detectedText);
      return found?.documentHash === documentHash ? pageText.parse(found) : null;
    },
    save: (caseId, page, documentHash) => putJson(evidence, textKey(caseId, page.page), { ...page, documentHash }),
  };
}

export function s3Readings(evidence: EvidenceBucket): Readings {
  return {
    find: (caseId) => getJson(evidence, readingKey(caseId), reading),
    save: (caseId, value) => putJson(evidence, readingKey(caseId), value),
  };
}
