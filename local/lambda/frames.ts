import type { Duplex } from "node:stream";

/** One message between the stack and a function's process: a small header, and a payload that is JSON text already. */
export interface Frame {
  readonly header: unknown;
  readonly payload: string;
}

const lengthBytes = 4;

/** Writes a frame: four bytes of length, the header as one line of JSON, the payload. The counterpart is bootstrap.mjs. */
export function writeFrame(channel: Duplex, { header, payload }: Frame): void {
  const body = Buffer.from(`${JSON.stringify(header)}\n${payload}`);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(body.length);
  channel.cork();
  channel.write(length);
  channel.write(body);
  channel.uncork();
}

/** Calls back for each whole frame that arrives. */
export function onFrame(channel: Duplex, callback: (frame: Frame) => void): void {
  let chunks: Buffer[] = [];
  let received = 0;
  channel.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    for (;;) {
      if (received < lengthBytes) return;
      const first = chunks[0];
      const start = first && first.length >= lengthBytes ? first : Buffer.concat(chunks, received);
      const end = lengthBytes + start.readUInt32BE();
      if (received < end) return;
      const all = chunks.length === 1 && first ? first : Buffer.concat(chunks, received);
      const body = all.subarray(lengthBytes, end);
      chunks = received > end ? [all.subarray(end)] : [];
      received -= end;
      const newLine = body.indexOf("\n");
      callback({ header: JSON.parse(body.toString("utf8", 0, newLine)), payload: body.toString("utf8", newLine + 1) });
    }
  });
}
