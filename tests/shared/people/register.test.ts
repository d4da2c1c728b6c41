import { noon } from "../case/builders.ts";
import { inMemoryRegister } from "./in-memory-register.ts";
import { registerContract } from "./register-contract.ts";

registerContract("memory", async (...everybody) => inMemoryRegister(() => noon, ...everybody));
