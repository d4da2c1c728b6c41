import { render } from "preact";
import { createClient } from "./api/client.ts";
import { App } from "./app.tsx";
import { readConfig } from "./config.ts";
import { createSession } from "./sign-in/session.ts";
import "./view/ground.css";
import "./view/frame.css";
import "./queue/queue.css";
import "./document/document.css";
import "./case/case.css";
import "./case/fields.css";
import "./case/lines.css";
import "./decision/decision.css";
import "./lists/lists.css";
import "./view/forms.css";
import "./owner/owner.css";
import "./view/narrow.css";

const root = document.getElementById("page");
if (root !== null) await start(root);

async function start(root: HTMLElement): Promise<void> {
  try {
    const config = await readConfig(fetch.bind(window));
    const session = createSession({
      config,
      storage: sessionStorage,
      location,
      replaceAddress: (path) => history.replaceState(null, "", path),
      now: Date.now,
    });
    await session.start();
    root.replaceChildren();
    render(<App session={session} client={createClient(session, fetch.bind(window))} />, root);
  } catch (error) {
    root.replaceChildren();
    const message = error instanceof Error ? error.message : "The page could not start.";
    render(
      <main class="door">
        <h1>Signoff cannot start</h1>
        <p role="alert">{message}</p>
      </main>,
      root,
    );
  }
}
