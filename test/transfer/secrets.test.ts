import { expect, test } from "vitest";
import { harmless, redactor } from "../../src/transfer/secrets.ts";

const redact = redactor(["Heslo žluť&1", undefined, "a"]);

test("secrets are masked as they are and as they stand in addresses", () => {
  expect(redact("PASS Heslo žluť&1")).toBe("PASS ***");
  expect(redact(`https://shop.example/?hash=${encodeURIComponent("Heslo žluť&1")}&a=1`)).toBe(
    "https://shop.example/?hash=***&a=1",
  );
  expect(redact("?hash=Heslo+%C5%BElu%C5%A5%261")).toBe("?hash=***");
});

test("a cause keeps its message and code, without secrets and whatever else was attached", () => {
  const error = Object.assign(new TypeError("login of Heslo žluť&1"), {
    code: "ECONNRESET",
    options: { password: "x" },
  });
  expect(harmless(error, redact)).toMatchObject({ message: "login of ***", name: "TypeError", code: "ECONNRESET" });
  expect(Object.keys(harmless(error, redact))).not.toContain("options");
  expect(harmless("Heslo žluť&1", redact).message).toBe("***");
});
