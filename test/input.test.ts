import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Input, type InputData, readOrders } from "propojka";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRepeatable, keepAll, openInput } from "../src/input.ts";
import { mappingOfShop, order, shop } from "./order.ts";

const xml = shop(order("1", "Žluťoučký kůň 😀"), order("2"));
const bytes = new TextEncoder().encode(xml);
const DECLARED = '<?xml version="1.0" encoding="windows-1250"?>';
const PIECE_BYTES = 64 * 1024;

async function* asynchronous<Chunk>(chunks: Iterable<Chunk>): AsyncGenerator<Chunk> {
  yield* chunks;
}

function cut(size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** A stream of the web platform that counts how often it was given up. */
function webStream(chunks: readonly Uint8Array[]): { stream: InputData; cancelled: () => number } {
  let cancelled = 0;
  let next = 0;
  const reader = {
    read: async () => (next < chunks.length ? { done: false, value: chunks[next++] } : { done: true }),
    cancel: async () => {
      cancelled++;
    },
  };
  return { stream: { getReader: () => reader }, cancelled: () => cancelled };
}

describe("inputs", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "input-"));
    await writeFile(join(directory, "orders.xml"), bytes);
  });
  afterAll(async () => rm(directory, { recursive: true }));

  it.each<[string, () => Input]>([
    ["a string", () => xml],
    ["bytes", () => bytes],
    ["a Buffer", () => Buffer.from(bytes)],
    ["an ArrayBuffer", () => bytes.slice().buffer],
    ["a part of a larger buffer", () => new Uint8Array([60, ...bytes, 60]).subarray(1, bytes.length + 1)],
    ["an array of pieces", () => cut(7)],
    ["pieces of one byte", () => cut(1)],
    ["empty pieces among others", () => [new Uint8Array(), ...cut(100), new Uint8Array()]],
    ["an asynchronous iterable of bytes", () => asynchronous(cut(11))],
    ["an asynchronous iterable of text", () => asynchronous(xml.match(/[\s\S]{1,5}/gu) ?? [])],
    ["text that is cut inside characters", () => asynchronous(xml.split(""))],
    ["a Node stream", () => Readable.from(cut(13))],
    ["a file", () => createReadStream(join(directory, "orders.xml"), { highWaterMark: 17 })],
    ["a file as text", () => createReadStream(join(directory, "orders.xml"), { encoding: "utf8", highWaterMark: 17 })],
    ["a web stream", () => Readable.toWeb(Readable.from(cut(19)))],
    ["a web stream that is no iterable", () => webStream(cut(19)).stream],
    ["a function that gives a string", () => () => xml],
    ["a function that gives a stream", () => () => Readable.from(cut(23))],
  ])("%s gives the same orders", async (_, open) => {
    const { orders, issues, report } = await readOrders(open(), mappingOfShop);
    expect(issues).toEqual([]);
    expect(orders.map(({ number, lines }) => [number, lines[0]!.name])).toEqual([
      ["1", "Žluťoučký kůň 😀"],
      ["2", "Hrnek"],
    ]);
    expect(report).toMatchObject({ read: 2, good: 2, encoding: "utf-8" });
  });

  it.each<[string, () => Input]>([
    ["a string", () => DECLARED + xml],
    ["a function that gives a string", () => () => DECLARED + xml],
    ["a stream of text", () => asynchronous([DECLARED, xml])],
  ])("%s is taken as it is, whatever its declaration says", async (_, open) => {
    const { orders, issues } = await readOrders(open(), mappingOfShop);
    expect(issues).toEqual([]);
    expect(orders[0]!.lines[0]!.name).toBe("Žluťoučký kůň 😀");
  });

  it("comes in pieces that leave time for others", async () => {
    for (const data of ["x".repeat(150_000), new Uint8Array(150_000)]) {
      const sizes: number[] = [];
      for await (const piece of (await openInput(data)).pieces) sizes.push(piece.length);
      expect(sizes).toEqual([PIECE_BYTES, PIECE_BYTES, 150_000 - 2 * PIECE_BYTES]);
    }
  });

  it("is known to be text or bytes by its first chunk", async () => {
    expect((await openInput("")).isText).toBe(true);
    expect((await openInput(() => "")).isText).toBe(true);
    expect((await openInput(asynchronous(["x"]))).isText).toBe(true);
    expect((await openInput(asynchronous([bytes]))).isText).toBe(false);
    expect((await openInput([])).isText).toBe(false);
  });

  it("is given up when nobody reads on", async () => {
    let ended = false;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield bytes;
      } finally {
        ended = true;
      }
    };
    for await (const _ of (await openInput(endless())).pieces) break;
    expect(ended).toBe(true);
    const web = webStream(cut(5));
    for await (const _ of (await openInput(web.stream)).pieces) break;
    expect(web.cancelled()).toBe(1);
  });

  it("passes on what a stream fails with", async () => {
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 10);
      throw new Error("connection lost");
    };
    await expect(readOrders(failing(), mappingOfShop)).rejects.toThrow("connection lost");
  });

  it("can be read again if it is no stream", () => {
    expect([xml, bytes, bytes.buffer, () => xml].map(isRepeatable)).toEqual([true, true, true, true]);
    expect([asynchronous([bytes]), Readable.from([bytes]), [bytes]].map(isRepeatable)).toEqual([false, false, false]);
  });

  it("can be kept whole, with copies of buffers that are used again", async () => {
    const buffer = Buffer.alloc(1);
    const reused = async function* (): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) {
        buffer[0] = byte;
        yield buffer;
      }
    };
    expect(await keepAll(reused())).toEqual(bytes);
    expect(await keepAll(asynchronous(["\ufeff", xml]))).toBe(`\ufeff${xml}`);
  });

  it("is too long to be kept from 64 MiB on", async () => {
    const mebibyte = new Uint8Array(1024 * 1024);
    const chunks = new Array<Uint8Array>(65).fill(mebibyte);
    await expect(keepAll(asynchronous(chunks))).rejects.toMatchObject({ code: "INPUT_UNREADABLE" });
  });
});
