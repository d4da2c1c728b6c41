import { describe, expect, it } from "vitest";
import { openCloudFront } from "../../../local/cloudfront/cloudfront.ts";
import { createLocalise } from "../../../local/stack/addresses.ts";
import type { PageRequest } from "../../../local/stack/loopback.ts";
import { writtenTemplate } from "../stack/written-assembly.ts";

const evidence = { "Fn::Join": ["", ["img-src https://", { "Fn::GetAtt": ["Evidence", "RegionalDomainName"] }]] };
const resources = {
  Files: { Type: "AWS::S3::Bucket" },
  Evidence: { Type: "AWS::S3::Bucket" },
  Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP", Name: "Api" } },
  Pool: { Type: "AWS::Cognito::UserPool" },
  Domain: { Type: "AWS::Cognito::UserPoolDomain", Properties: { Domain: "signoff-test", UserPoolId: { Ref: "Pool" } } },
  Headers: {
    Type: "AWS::CloudFront::ResponseHeadersPolicy",
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: evidence, Override: true },
          ContentTypeOptions: { Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 1, Override: true },
          ReferrerPolicy: { ReferrerPolicy: "no-referrer", Override: false },
        },
        CustomHeadersConfig: { Items: [{ Header: "Permissions-Policy", Value: "camera=()", Override: true }] },
      },
    },
  },
  Distribution: {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        DefaultRootObject: "index.html",
        Origins: [
          { Id: "files", DomainName: { "Fn::GetAtt": ["Files", "RegionalDomainName"] } },
          { Id: "api", DomainName: { "Fn::Join": ["", [{ Ref: "Api" }, ".execute-api.us-east-1.amazonaws.com"]] } },
        ],
        DefaultCacheBehavior: { TargetOriginId: "files", ResponseHeadersPolicyId: { Ref: "Headers" } },
        CacheBehaviors: [
          {
            PathPattern: "/api/*",
            TargetOriginId: "api",
            AllowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
            CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
            ResponseHeadersPolicyId: { Ref: "Headers" },
          },
        ],
      },
    },
  },
  Deployment: {
    Type: "Custom::CDKBucketDeployment",
    Properties: {
      DestinationBucketName: { Ref: "Files" },
      SourceObjectKeys: ["page.zip", "config.zip"],
      SourceMarkers: [
        {},
        {
          "<<marker:0xbaba:0>>": {
            "Fn::Join": ["", ["https://cognito-idp.us-east-1.amazonaws.com/", { Ref: "Pool" }]],
          },
          "<<marker:0xbaba:1>>": 'quote "',
        },
      ],
      SourceMarkersConfig: [{}, { jsonEscape: "true" }],
      SystemMetadata: { "cache-control": "no-cache" },
    },
  },
};
const assets = {
  page: { "index.html": "<!doctype html>", "assets/app.js": "run()" },
  config: { "config.json": '{"issuer":"<<marker:0xbaba:0>>","note":"<<marker:0xbaba:1>>"}' },
};

function aPage(changed: Record<string, { Type: string; Properties?: Record<string, unknown> }> = {}) {
  const template = writtenTemplate({ resources: { ...resources, ...changed }, assets });
  const origins = {
    aws: "http://127.0.0.1:3",
    page: "http://127.0.0.1:0",
    api: "http://127.0.0.1:1",
    signIn: "http://127.0.0.1:2",
  };
  const asked: PageRequest[] = [];
  const { handle } = openCloudFront({
    template,
    localise: createLocalise(template, origins),
    api: async (request) => {
      asked.push(request);
      return { status: 403, headers: { "referrer-policy": "origin" }, body: '{"message":"Forbidden"}' };
    },
  });
  const call = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const response = await handle({
      method,
      path,
      rawQuery: "",
      headers,
      body: Buffer.alloc(0),
      sourceIp: "127.0.0.1",
    });
    return { ...response, headers: response.headers ?? {}, body: String(response.body ?? "") };
  };
  return { call, asked };
}

describe("the page's origin", () => {
  it("serves the default root object and files by their keys, with their types", async () => {
    const { call } = aPage();
    expect(await call("GET", "/")).toMatchObject({ status: 200, headers: { "content-type": "text/html" } });
    expect(await call("GET", "/assets/app.js")).toMatchObject({
      status: 200,
      headers: { "content-type": "text/javascript", "cache-control": "no-cache" },
      body: "run()",
    });
  });

  it("fills a deployment's markers in, escaped for JSON, with local addresses", async () => {
    const { body } = await aPage().call("GET", "/config.json");
    expect(JSON.parse(body)).toEqual({ issuer: "http://127.0.0.1:2", note: 'quote "' });
  });

  it("adds the policy's headers with local addresses, to page and API alike, and leaves HSTS out", async () => {
    const { call } = aPage();
    for (const path of ["/", "/api/me"]) {
      const { headers } = await call("GET", path);
      expect(headers).toMatchObject({
        "content-security-policy": "img-src http://127.0.0.1:3",
        "x-content-type-options": "nosniff",
        "permissions-policy": "camera=()",
      });
      expect(headers).not.toHaveProperty("strict-transport-security");
    }
    expect((await call("GET", "/")).headers["referrer-policy"]).toBe("no-referrer");
    expect((await call("GET", "/api/me")).headers["referrer-policy"]).toBe("origin");
  });

  it("passes what lies under /api to the API, whose own errors arrive unchanged", async () => {
    const { call, asked } = aPage();
    const answer = await call("POST", "/api/cases", { authorization: "Bearer x" });
    expect(answer).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
    expect(asked[0]).toMatchObject({ path: "/api/cases", headers: { authorization: "Bearer x" } });
  });

  it("answers a known entity tag with 304", async () => {
    const { call } = aPage();
    const { headers } = await call("GET", "/");
    expect(await call("GET", "/", { "if-none-match": String(headers.etag) })).toMatchObject({ status: 304, body: "" });
  });

  it.each([
    ["GET", "/nothing.html"],
    ["GET", "/../../etc/passwd"],
    ["GET", "/%2e%2e/%2e%2e/etc/passwd"],
    ["POST", "/"],
  ])("denies %s %s", async (method, path) => {
    expect(await aPage().call(method, path)).toMatchObject({ status: 403 });
  });

  it("refuses at boot a distribution that would keep the Authorization header from the API", () => {
    const { DistributionConfig } = resources.Distribution.Properties;
    const [behavior] = DistributionConfig.CacheBehaviors;
    const CacheBehaviors = [{ ...behavior, OriginRequestPolicyId: undefined }];
    const Distribution = {
      ...resources.Distribution,
      Properties: { DistributionConfig: { ...DistributionConfig, CacheBehaviors } },
    };
    expect(() => aPage({ Distribution })).toThrow(/Authorization header/);
  });
});
