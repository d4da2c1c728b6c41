import { createHash } from "node:crypto";
import type { PageResponse } from "../stack/loopback.ts";
import type { SignInPerson } from "./person.ts";

/** Light and dark follow the system; one accent colour, as on the review page. */
const style = `
:root { color-scheme: light dark; --text: #1d2125; --quiet: #5b6470; --ground: #f6f7f8; --card: #ffffff; --line: #d9dde2; --accent: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8eb; --quiet: #a0a8b2; --ground: #16191d; --card: #1f2328; --line: #363c44; --accent: #8ab4f8; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; }
h1 { margin: 0 0 .25rem; font-size: 1.35rem; font-weight: 600; }
p { margin: 0 0 1.25rem; color: var(--quiet); }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
button { width: 100%; display: grid; gap: .1rem; padding: .7rem .9rem; text-align: left; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
small { color: var(--quiet); font-size: .87rem; }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Where one signs in: a button for each person of the demo. Works without a script; Tab and Enter suffice. */
export function choosePersonPage(
  people: readonly SignInPerson[],
  request: URLSearchParams,
  callbackOrigin: string,
): PageResponse {
  const carried = [...request].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const buttons = people.map(
    ({ sub, name, may }, index) =>
      `<li><button name="person" value="${escaped(sub)}"${index === 0 ? " autofocus" : ""}>${escaped(name)}<small>${escaped(may)}</small></button></li>`,
  );
  const content = `<h1>Sign in to Signoff</h1>
<p>This is the sign-in of one machine: choose who you are. On AWS, Cognito asks for a password here.</p>
<form method="post" action="/oauth2/authorize">${carried.join("")}<ul>${buttons.join("\n")}</ul></form>`;
  return page(200, "Sign in", content, callbackOrigin);
}

/** A request that must not be answered by a redirect: whoever sent it may not be whom it names. */
export function refusalPage(problem: string): PageResponse {
  return page(400, "Sign-in refused", `<h1>Sign-in refused</h1><p>${escaped(problem)}</p>`);
}

export function signedOutPage(): PageResponse {
  return page(200, "Signed out", "<h1>Signed out</h1><p>You may close this page.</p>");
}

function page(status: number, title: string, content: string, callbackOrigin = ""): PageResponse {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      // Browsers hold the redirect after the form to form-action too, so it names where the code is sent.
      "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${callbackOrigin}; base-uri 'none'; frame-ancestors 'none'`,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main>${content}</main></body></html>
`,
  };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
