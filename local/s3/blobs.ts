import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Blob } from "./object-version.ts";

/**
 * Files that hold the bytes, under random names: no part of an object's key ever becomes part of a path. A file is written
 * and fsynced under its final name before the index knows of it; one that a crash left unknown is removed at the next boot.
 */
export class Blobs {
  readonly #directory: string;
  readonly #readers = new Map<string, number>();
  readonly #unwanted = new Set<string>();

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
  }

  /** Resolves when the bytes and the file's name are on disk. */
  async write(content: Buffer): Promise<Blob> {
    const name = randomUUID();
    const file = await open(join(this.#directory, name), "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    const directory = await open(this.#directory);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return { name, size: content.length };
  }

  /** Bytes `start` to `end` (inclusive) of the blobs in a row. A blob removed meanwhile stays until it was read. */
  async read(blobs: readonly Blob[], start: number, end: number): Promise<Buffer> {
    for (const { name } of blobs) this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1);
    try {
      const pieces: Buffer[] = [];
      let offset = 0;
      for (const { name, size } of blobs) {
        const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, size - 1)];
        if (from <= to) pieces.push(await this.#readFile(name, from, to - from + 1));
        offset += size;
      }
      return Buffer.concat(pieces);
    } finally {
      for (const { name } of blobs) this.#left(name);
    }
  }

  async remove(blobs: readonly Blob[]): Promise<void> {
    for (const { name } of blobs) {
      if (this.#readers.has(name)) this.#unwanted.add(name);
      else await rm(join(this.#directory, name), { force: true });
    }
  }

  /** Removes every file that the index does not know. */
  async removeUnknown(known: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#directory)) {
      if (!known.has(name)) await rm(join(this.#directory, name), { force: true });
    }
  }

  async #readFile(name: string, position: number, length: number): Promise<Buffer> {
    const file = await open(join(this.#directory, name));
    try {
      const buffer = Buffer.allocUnsafe(length);
      const { bytesRead } = await file.read(buffer, 0, length, position);
      if (bytesRead < length)
        throw new Error(`Object file ${name} ends after ${position + bytesRead} bytes: it was changed from outside.`);
      return buffer;
    } finally {
      await file.close();
    }
  }

  #left(name: string): void {
    const readers = (this.#readers.get(name) ?? 1) - 1;
    if (readers > 0) {
      this.#readers.set(name, readers);
      return;
    }
    this.#readers.delete(name);
    if (this.#unwanted.delete(name)) void rm(join(this.#directory, name), { force: true });
  }
}
