import { existsSync } from "node:fs";
import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import type { CaseApi } from "../api/case-api.ts";
import { type AccessLogging, privateBucket } from "../storage/private-bucket.ts";
import { acknowledgeDeployment } from "./deployment-rules.ts";
import { strictHeaders } from "./strict-headers.ts";

export interface ReviewPageProps {
  /** Where `npm run build` put the page. */
  readonly built: string;
  readonly api: CaseApi;
  readonly logging: AccessLogging;
  /** Origins that the page may load images from and talk to, besides its own. */
  readonly imageOrigin: string;
  readonly signInOrigin: string;
}

/** What the page reads from `/config.json` at its start. */
export interface PageConfiguration {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly logoutEndpoint: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** The page was not built. Synthesis stops. */
export class PageNotBuiltError extends Error {
  override readonly name = "PageNotBuiltError";

  constructor(directory: string) {
    super(`${directory} holds no index.html. Run npm run build.`);
  }
}

/** The review page behind CloudFront, with the API under the same origin: no CORS anywhere. */
export class ReviewPage extends Construct {
  readonly #bucket: IBucket;
  readonly #distribution: Distribution;
  readonly #built: string;

  /** @throws {PageNotBuiltError} */
  constructor(scope: Construct, id: string, props: ReviewPageProps) {
    super(scope, id);
    if (!existsSync(join(props.built, "index.html"))) throw new PageNotBuiltError(props.built);
    this.#built = props.built;
    this.#bucket = privateBucket(new Construct(this, "Files"), { logging: props.logging });
    const shared = {
      responseHeadersPolicy: strictHeaders(this, props),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
    this.#distribution = new Distribution(this, "Default", {
      comment: "Signoff: review page and API",
      defaultRootObject: "index.html",
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket),
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        compress: true,
        ...shared,
      },
      additionalBehaviors: {
        "/api/*": {
          origin: new HttpOrigin(props.api.domainName, {
            protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          }),
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          ...shared,
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        },
      },
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: props.logging.bucket,
      logFilePrefix: `${props.logging.prefix}viewers/`,
      logIncludesCookies: false,
    });
    Validations.of(this.#distribution).acknowledge(...reasonedRules);
  }

  /** Ends in a slash. */
  get url(): string {
    return `https://${this.#distribution.distributionDomainName}/`;
  }

  /** Uploads the built page and its configuration. Files are revalidated by their hash: a deployment shows at once. */
  publish(configuration: PageConfiguration): void {
    new BucketDeployment(this, "Deployment", {
      destinationBucket: this.#bucket,
      sources: [Source.asset(this.#built), Source.jsonData("config.json", configuration)],
      cacheControl: [CacheControl.noCache()],
      outputObjectKeys: false,
    });
    acknowledgeDeployment(this);
  }
}

const reasonedRules = [
  {
    id: "AwsSolutions-CFR1",
    reason: "Reviewers may work from any country; who is let in is decided by sign-in and the people table.",
  },
  {
    id: "AwsSolutions-CFR2",
    reason:
      "No firewall is claimed: the API is throttled, authorised for each route, and reachable without CloudFront as well.",
  },
  {
    id: "AwsSolutions-CFR4",
    reason:
      "CloudFront's own certificate fixes the viewers' protocol policy; a certificate of the deploying team's domain would lift it.",
  },
];
