import { Aws, Duration, Fn, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
  type UserPoolResourceServer,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { scopes } from "../../shared/contracts/route.ts";

export interface SignInProps {
  /** First label of the sign-in page's address. */
  readonly domainPrefix: string;
}

/** Everything before the slash of a scope. */
const resourceServerId = "signoff";

const scopeDescriptions: Readonly<Record<keyof typeof scopes, string>> = {
  submit: "Submit cases",
  read: "Follow cases",
  review: "Claim and decide reviews",
  administer: "Replace reference lists",
};

/**
 * Who people and programs are; what they may do stands in the people table. Nobody signs up: an owner invites.
 *
 * The address of the sign-in page is known from its prefix alone, so that the page's security policy can name it without
 * depending on anything here, while the person's client depends on the page's address.
 */
export class SignIn extends Construct {
  readonly #pool: UserPool;
  readonly #domain: UserPoolDomain;
  readonly #resourceServer: UserPoolResourceServer;
  readonly #scopes: ReadonlyMap<string, ResourceServerScope>;
  readonly #clients: UserPoolClient[] = [];

  constructor(scope: Construct, id: string, { domainPrefix }: SignInProps) {
    super(scope, id);
    this.#pool = new UserPool(this, "Default", {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: false, mutable: true } },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.#pool).acknowledge(...reasonedRules);
    this.#domain = this.#pool.addDomain("Domain", {
      cognitoDomain: { domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.#scopes = new Map(
      scopeNames().map((name) => {
        const scopeName = scopes[name].slice(`${resourceServerId}/`.length);
        return [scopes[name], new ResourceServerScope({ scopeName, scopeDescription: scopeDescriptions[name] })];
      }),
    );
    this.#resourceServer = this.#pool.addResourceServer("ResourceServer", {
      identifier: resourceServerId,
      scopes: [...this.#scopes.values()],
    });
  }

  get userPoolId(): string {
    return this.#pool.userPoolId;
  }

  /** What a token's `iss` holds. */
  get issuer(): string {
    return `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${this.#pool.userPoolId}`;
  }

  get clientIds(): readonly string[] {
    return this.#clients.map(({ userPoolClientId }) => userPoolClientId);
  }

  /** For the page in a person's browser: authorization code with PKCE, no secret. `pageUrl` ends in a slash. */
  addPersonClient(pageUrl: string): UserPoolClient {
    return this.#addClient("PersonClient", {
      generateSecret: false,
      authFlows: { user: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE, ...this.#scope(...Object.values(scopes))],
        callbackUrls: [pageUrl],
        logoutUrls: [pageUrl],
      },
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.hours(10), // a working day
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
  }

  /** For programs that submit cases and follow them: client credentials. */
  addProgramClient(): UserPoolClient {
    return this.#addClient("ProgramClient", {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: this.#scope(scopes.submit, scopes.read) },
      accessTokenValidity: Duration.minutes(60),
    });
  }

  #addClient(id: string, options: Parameters<UserPool["addClient"]>[1] & object): UserPoolClient {
    const client = new UserPoolClient(this, id, {
      userPool: this.#pool,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      ...options,
    });
    // Without a style of its own, a client's sign-in says "Login pages unavailable".
    const branding = new CfnManagedLoginBranding(this, `${id}Branding`, {
      userPoolId: this.#pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    branding.node.addDependency(this.#domain);
    this.#clients.push(client);
    return client;
  }

  #scope(...names: readonly string[]): OAuthScope[] {
    return names.flatMap((name) => {
      const scope = this.#scopes.get(name);
      return scope ? [OAuthScope.resourceServer(this.#resourceServer, scope)] : [];
    });
  }
}

/** The sign-in page's origin, from its prefix. */
export function signInOrigin(domainPrefix: string): string {
  return `https://${domainPrefix}.auth.${Aws.REGION}.amazoncognito.com`;
}

/** Unique in the region without anybody choosing: the first part of the stack's id is a random number. */
export function defaultDomainPrefix(environment: string): string {
  const stackGuid = Fn.select(2, Fn.split("/", Aws.STACK_ID));
  return Fn.join("-", ["signoff", environment, Fn.select(0, Fn.split("-", stackGuid))]);
}

function scopeNames(): readonly (keyof typeof scopes)[] {
  return Object.keys(scopes).filter((name): name is keyof typeof scopes => name in scopes);
}

const reasonedRules = [
  {
    id: "AwsSolutions-COG2",
    reason:
      "A second factor is offered, not forced: the first owner decides it for the pool once everybody has enrolled.",
  },
  {
    id: "AwsSolutions-COG3",
    reason:
      "Threat protection needs the Plus plan, priced by the user; nobody can sign up, and sign-in is throttled by Cognito.",
  },
  {
    id: "AwsSolutions-COG8",
    reason: "The Essentials plan has all that is used here: managed login, and e-mail as user name.",
  },
];
