import { createSignoffApp } from "./signoff-app.ts";

/** What `cdk synth` and `cdk deploy` run. */
createSignoffApp().synth();
