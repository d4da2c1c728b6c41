import * as z from "zod";
import type { Template } from "../template/template.ts";
import { DistributionNotImitatedError } from "./distribution.ts";

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Adds a policy's headers to a response; those that do not override leave what the origin said. */
export type AddHeaders = (headers: Headers) => Headers;

const header = z.object({ Override: z.boolean() });
const shape = z.object({
  ResponseHeadersPolicyConfig: z.object({
    CorsConfig: z.undefined({ error: "CORS is not imitated: page and API share an origin" }).optional(),
    SecurityHeadersConfig: z
      .object({
        ContentSecurityPolicy: header.extend({ ContentSecurityPolicy: z.string() }),
        ContentTypeOptions: header,
        FrameOptions: header.extend({ FrameOption: z.string() }),
        ReferrerPolicy: header.extend({ ReferrerPolicy: z.string() }),
        StrictTransportSecurity: header,
        XSSProtection: header.extend({ Protection: z.boolean(), ModeBlock: z.boolean().default(false) }),
      })
      .partial()
      .default({}),
    CustomHeadersConfig: z
      .object({ Items: z.array(header.extend({ Header: z.string(), Value: z.string() })) })
      .default({ Items: [] }),
    RemoveHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string() })) }).default({ Items: [] }),
  }),
});

/**
 * Response headers policies by id, AWS's addresses replaced by local ones.
 *
 * Strict-Transport-Security is left out: the one machine speaks plain HTTP on 127.0.0.1, where browsers ignore it.
 */
export function readHeadersPolicies(
  template: Template,
  localise: (text: string) => string,
): ReadonlyMap<string, AddHeaders> {
  return new Map(
    template.ofType("AWS::CloudFront::ResponseHeadersPolicy").map(({ logicalId, ref, properties }) => {
      const { success, data, error } = shape.safeParse(properties);
      if (!success) throw new DistributionNotImitatedError(`${logicalId}: ${z.prettifyError(error)}`);
      return [ref, compile(data.ResponseHeadersPolicyConfig, localise)];
    }),
  );
}

function compile(
  config: z.infer<typeof shape>["ResponseHeadersPolicyConfig"],
  localise: (text: string) => string,
): AddHeaders {
  const security = config.SecurityHeadersConfig;
  const added: (readonly [name: string, value: string, override: boolean])[] = config.CustomHeadersConfig.Items.map(
    ({ Header, Value, Override }) => [Header.toLowerCase(), localise(Value), Override] as const,
  );
  const add = (name: string, value: string, { Override }: z.infer<typeof header>) =>
    added.push([name, value, Override]);
  const { ContentSecurityPolicy: csp, FrameOptions: frame, ReferrerPolicy: referrer, XSSProtection: xss } = security;
  if (csp) add("content-security-policy", localise(csp.ContentSecurityPolicy), csp);
  if (security.ContentTypeOptions) add("x-content-type-options", "nosniff", security.ContentTypeOptions);
  if (frame) add("x-frame-options", frame.FrameOption, frame);
  if (referrer) add("referrer-policy", referrer.ReferrerPolicy, referrer);
  if (xss) add("x-xss-protection", `${xss.Protection ? 1 : 0}${xss.ModeBlock ? "; mode=block" : ""}`, xss);
  const removed = config.RemoveHeadersConfig.Items.map(({ Header }) => Header.toLowerCase());

  return (headers) => {
    const result: Record<string, string | readonly string[]> = {};
    for (const [name, value] of Object.entries(headers)) {
      if (!removed.includes(name.toLowerCase())) result[name.toLowerCase()] = value;
    }
    for (const [name, value, override] of added) if (override || !Object.hasOwn(result, name)) result[name] = value;
    return result;
  };
}
