import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PDFiumModule } from "@hyzyla/pdfium";
import { maxPdfHeapBytes } from "../document-limits.ts";

type WasmFunction = (...args: number[]) => number;
const isWasmFunction = (value: unknown): value is WasmFunction => typeof value === "function";

/** A function of PDFium's C interface (fpdfview.h, fpdf_text.h, fpdf_attachment.h), by its own name. */
type PdfiumCall = (name: string) => WasmFunction;

/**
 * PDFium, alive and warm. Functions are the engine's own C interface: pointers are numbers in `heap()`.
 * Whoever opens a document closes it; whoever allocates, frees.
 */
export interface Pdfium {
  readonly call: PdfiumCall;
  /** The engine's memory. Ask again after every call: growing it detaches the old view. */
  heap(): DataView<ArrayBuffer>;
  allocate(bytes: number): number;
  free(pointer: number): void;
  heapBytes(): number;
}

/** The engine's binary: beside the bundle as `pdfium.wasm`, or in the package when run from sources. */
async function readPdfiumBinary(): Promise<Uint8Array<ArrayBuffer>> {
  const path = import.meta.url.endsWith(".ts")
    ? createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm")
    : new URL("./pdfium.wasm", import.meta.url);
  return new Uint8Array(await readFile(path));
}

/**
 * Starts the engine (about 0.1 s). The package's wrapper shows a tenth of the C interface, so the functions are taken
 * from the WebAssembly instance itself; what grows its memory is bounded here.
 */
export async function openPdfium(wasmBinary?: Uint8Array<ArrayBuffer>): Promise<Pdfium> {
  const compiled = await WebAssembly.compile(wasmBinary ?? (await readPdfiumBinary()));
  let instance: WebAssembly.Instance | undefined;
  await PDFiumModule({
    locateFile: (path) => path,
    instantiateWasm: (imports, onInstance) => {
      const { env } = imports;
      const resize = env?.emscripten_resize_heap;
      if (env !== undefined && isWasmFunction(resize))
        env.emscripten_resize_heap = (bytes: number) => (bytes > maxPdfHeapBytes ? 0 : resize(bytes));
      instance = new WebAssembly.Instance(compiled, imports);
      onInstance(instance);
      return instance.exports;
    },
  });
  const exported = instance?.exports ?? {};
  const memory = exported.memory;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("The PDFium binary exports no memory: wrong file?");
  let view = new DataView(memory.buffer);
  const functions = new Map<string, WasmFunction>();
  const call: PdfiumCall = (name) => {
    const known = functions.get(name);
    if (known !== undefined) return known;
    const found = exported[name];
    if (!isWasmFunction(found)) throw new Error(`The PDFium binary exports no function ${name}: wrong version?`);
    functions.set(name, found);
    return found;
  };
  call("FPDF_InitLibrary")();
  return {
    call,
    heap: () => {
      if (view.buffer !== memory.buffer) view = new DataView(memory.buffer);
      return view;
    },
    allocate: (bytes) => {
      const pointer = call("malloc")(bytes);
      if (pointer === 0) throw new WebAssembly.RuntimeError(`out of memory: ${bytes} bytes`);
      return pointer;
    },
    free: (pointer) => void call("free")(pointer),
    heapBytes: () => memory.buffer.byteLength,
  };
}
