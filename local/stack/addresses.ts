import { region } from "../template/physical-name.ts";
import type { Template } from "../template/template.ts";

export interface LocalOrigins {
  /** Serves every AWS service, S3 among them. */
  readonly aws: string;
  readonly page: string;
  readonly api: string;
  readonly signIn: string;
}

/**
 * Puts this machine's addresses in place of AWS's, anywhere in a text: in the page's configuration, in its security policy, in
 * callback addresses and in functions' variables. The one place that knows which origin stands for which.
 */
export function createLocalise(template: Template, origins: LocalOrigins): (text: string) => string {
  const pairs: (readonly [remote: string, local: string])[] = [
    ...template
      .ofType("AWS::S3::Bucket")
      .flatMap((bucket) => [
        [`https://${bucket.attribute("RegionalDomainName")}`, origins.aws] as const,
        [`https://${bucket.attribute("DomainName")}`, origins.aws] as const,
      ]),
    ...template
      .ofType("AWS::Cognito::UserPool")
      .map((pool) => [pool.attribute("ProviderURL"), origins.signIn] as const),
    ...template
      .ofType("AWS::Cognito::UserPoolDomain")
      .map(({ ref }) => [`https://${ref}.auth.${region}.amazoncognito.com`, origins.signIn] as const),
    ...template
      .ofType("AWS::CloudFront::Distribution")
      .map((distribution) => [`https://${distribution.attribute("DomainName")}`, origins.page] as const),
    ...template.ofType("AWS::ApiGatewayV2::Api").map((api) => [api.attribute("ApiEndpoint"), origins.api] as const),
  ];
  return (text) => pairs.reduce((result, [remote, local]) => result.replaceAll(remote, local), text);
}
