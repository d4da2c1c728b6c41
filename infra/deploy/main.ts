import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureAssembly } from "../build/assembly.ts";
import { root } from "../build/project.ts";
import { readSettings, stackName } from "../settings.ts";
import { AccountNotReadyError, checkAccount, cloudFormationStacks, deploymentOutputs } from "./deployment.ts";

/** `npm run deploy`: checks the account, builds, deploys, and says where everything is. */
async function deploy(): Promise<void> {
  const settings = readSettings(root);
  const stacks = cloudFormationStacks(settings);
  await checkAccount(stacks);
  const assembly = await ensureAssembly(console.log);
  const command = [
    join(root, "node_modules", "aws-cdk", "bin", "cdk"),
    "deploy",
    stackName(settings),
    "--app",
    assembly,
  ];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    process.exitCode = status ?? 1;
    return;
  }
  const { PageUrl, ApiUrl, IntakeBucket, OutcomeBucket, ProgramClientId } = await deploymentOutputs(stacks, settings);
  console.log(`
Page            ${PageUrl}
API             ${ApiUrl}/api
Drop files to   s3://${IntakeBucket}/invoices/
Outcomes in     s3://${OutcomeBucket}/invoices/
Program client  ${ProgramClientId}

Invite the first person: npm run invite -- <e-mail> --role owner --unlimited`);
}

try {
  await deploy();
} catch (error) {
  if (!(error instanceof AccountNotReadyError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
