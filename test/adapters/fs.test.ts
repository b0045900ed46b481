import { mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { fsTransport } from "../../src/adapters/fs.ts";
import { transportSuite } from "../../src/testing/transport/suite.ts";

function folder(): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(join(tmpdir(), "propojka-fs-"));
  return { path, dispose: () => rmSync(path, { recursive: true }) };
}

describe("files in a folder", () => {
  transportSuite({
    test,
    skip: test.skip,
    create: (limits) => {
      const { path, dispose } = folder();
      return { transport: fsTransport({ folder: path, ...limits }), dispose };
    },
    without: { faults: "there is no connection" },
  });

  test("follow links to files, and pass over broken ones and those to folders", async () => {
    const { path, dispose } = folder();
    try {
      writeFileSync(join(path, "orders.xml"), "<orders/>");
      symlinkSync("orders.xml", join(path, "link.xml"));
      symlinkSync("nowhere", join(path, "broken.xml"));
      symlinkSync(tmpdir(), join(path, "folder.xml"));
      const { files } = await fsTransport({ folder: path }).list("");
      expect(files.map(({ name, size }) => [name, size]).sort()).toEqual([
        ["link.xml", 9],
        ["orders.xml", 9],
      ]);
    } finally {
      dispose();
    }
  });

  test.skipIf(process.platform === "win32")("show names that cannot be used as refused", async () => {
    const { path, dispose } = folder();
    try {
      writeFileSync(join(path, "nul.xml"), "");
      writeFileSync(join(path, "a\nb.xml"), "");
      expect(await fsTransport({ folder: path }).list("")).toMatchObject({
        files: [],
        refused: [{ name: "a\\u000ab.xml" }, { name: "nul.xml", reason: "is a name that Windows keeps for a device" }],
      });
    } finally {
      dispose();
    }
  });

  test("move to another disk as a whole, where the system has one", async () => {
    const { path, dispose } = folder();
    const other = mkdtempSync("/dev/shm/propojka-");
    try {
      mkdirSync(join(path, "out"));
      writeFileSync(join(path, "out", "a.xml"), "<a/>");
      symlinkSync(other, join(path, "archive"));
      await fsTransport({ folder: path }).move("out/a.xml", "archive/a.xml");
      expect(readFileSync(join(other, "a.xml"), "utf8")).toBe("<a/>");
      expect((await fsTransport({ folder: path }).list("out")).files).toEqual([]);
    } finally {
      dispose();
      rmSync(other, { recursive: true });
    }
  });
});
