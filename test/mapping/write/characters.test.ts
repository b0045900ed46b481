import { text } from "propojka";
import { describe, expect, it } from "vitest";
import { openWriter, writeOne } from "./writing.ts";

describe("characters that XML cannot hold", () => {
  const record = { v: "a\0b\x01", w: "\ufffe", x: "ok" };
  const fields = { v: text("A"), w: text("W/@w"), x: text("X") };

  it("are removed with one warning for each field, and all counted", () => {
    const writer = openWriter({ target: "custom", record: "/S/R", fields: fields as never });
    expect(writer.record({ ...record, w: "b\ufffe" })).toEqual({
      text: '<R><A>ab</A><W w="b"/><X>ok</X></R>\n',
      issues: [
        {
          code: "CHARACTER_LOST",
          severity: "warning",
          field: "v",
          message: "the text holds U+0000, which XML cannot hold; removed",
        },
        {
          code: "CHARACTER_LOST",
          severity: "warning",
          field: "w",
          message: "the text holds U+FFFE, which XML cannot hold; removed",
        },
      ],
    });
    expect(writer.counts.characters).toEqual({ forbidden: 3, unencodable: 0 });
  });

  it("are replaced, or keep the record from being written, if asked to", () => {
    const replaced = writeOne(record, fields, { options: { forbidden: "replace" } });
    expect(replaced.xml).toBe('<R><A>a\ufffdb\ufffd</A><W w="\ufffd"/><X>ok</X></R>');
    expect(replaced.issues.map(({ message }) => message.split("; ")[1])).toEqual(["replaced", "replaced"]);
    const refused = writeOne(record, fields, { options: { forbidden: "error" } });
    expect(refused.xml).toBeUndefined();
  });

  it("that keep the record from being written are one issue for each field, however many there are", () => {
    const { issues } = writeOne({ v: "\0".repeat(1000) }, fields, { options: { forbidden: "error" } });
    expect(issues).toHaveLength(1);
  });
});

describe("characters that the encoding lacks", () => {
  const fields = { v: text("A") };

  it("are references, counted, and no issue", () => {
    const writer = openWriter(
      { target: "custom", record: "/S/R", fields: fields as never },
      { encoding: "windows-1250" },
    );
    expect(writer.record({ v: "яř" })).toEqual({ text: "<R><A>&#1103;ř</A></R>\n", issues: [] });
    expect(writer.counts.characters).toEqual({ forbidden: 0, unencodable: 1 });
  });

  it("are removed with a warning, or keep the record from being written, if asked to", () => {
    const options = { encoding: "windows-1250" } as const;
    expect(writeOne({ v: "яř" }, fields, { options: { ...options, unencodable: "remove" } })).toEqual({
      xml: "<R><A>ř</A></R>",
      issues: [
        {
          code: "CHARACTER_LOST",
          severity: "warning",
          field: "v",
          message: "the text holds U+044F, which windows-1250 lacks; removed",
        },
      ],
    });
    expect(writeOne({ v: "яř" }, fields, { options: { ...options, unencodable: "error" } })).toMatchObject({
      xml: undefined,
      issues: [
        { code: "CHARACTER_LOST", severity: "error", message: "the text holds U+044F, which windows-1250 lacks" },
      ],
    });
  });
});
