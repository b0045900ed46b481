import { chmod, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { credentialsOf, hostKeysOf } from "../../src/cli/credentials.ts";
import { findInNetrc } from "../../src/cli/netrc.ts";
import { parseTarget } from "../../src/cli/url.ts";
import { folder } from "./call.ts";

describe("findInNetrc", () => {
  const find = (text: string, host = "h", user?: string, takesDefault = true) =>
    findInNetrc(text, { host, user, takesDefault });

  it("reads entries on one line or several", () => {
    expect(find("machine h login shop password heslo")).toEqual({ login: "shop", password: "heslo" });
    expect(find("machine other\n\tlogin x\n\tpassword y\nmachine H\r\n  login shop\r\n  password heslo\r\n")).toEqual({
      login: "shop",
      password: "heslo",
    });
  });

  it("reads values in quotes", () => {
    expect(find(String.raw`machine h login "Jana Nová" password "a \"b\" \\ #c"`)).toEqual({
      login: "Jana Nová",
      password: 'a "b" \\ #c',
    });
  });

  it("knows comments, which a value may look like", () => {
    expect(find("# machine h login x password y\nmachine h # the shop\nlogin shop password #heslo # end")).toEqual({
      login: "shop",
      password: "#heslo",
    });
  });

  it("passes over accounts and macros", () => {
    const text =
      "machine other\nmacdef init\nmachine h login x password y\n\nmachine h account a login shop password p";
    expect(find(text)).toEqual({ login: "shop", password: "p" });
  });

  it("takes the entry of the user that is asked for", () => {
    const text = "machine h login a password 1\nmachine h login b password 2\nmachine g password 3";
    expect(find(text, "h", "b")).toMatchObject({ password: "2" });
    expect(find(text, "h")).toMatchObject({ password: "1" });
    expect(find(text, "h", "c")).toBeUndefined();
    expect(find(text, "g", "anybody")).toEqual({ login: undefined, password: "3" });
  });

  it("takes the default where nothing else fits, if it may", () => {
    const text = "machine h login a password 1\ndefault login d password 2";
    expect(find(text, "other")).toEqual({ login: "d", password: "2" });
    expect(find(text, "other", undefined, false)).toBeUndefined();
  });

  it.each([
    ["machine h login shop\npassword moje heslo", "line 2"],
    ['machine h login shop password "heslo', "line 1"],
    ["machine h login shop password", "line 1"],
    ["login shop password heslo", "line 1"],
  ])("says where %j is wrong, and not what stands there", (text, place) => {
    expect(() => find(text)).toThrow(place);
    expect(() => find(text)).not.toThrow(/heslo/);
  });
});

describe("credentialsOf", () => {
  let files: Awaited<ReturnType<typeof folder>>;
  const home = (): string => files.path("");
  const netrc = async (text: string, mode = 0o600): Promise<void> => {
    await writeFile(files.path(".netrc"), text);
    await chmod(files.path(".netrc"), mode);
  };
  const of = (url: string, env: Record<string, string> = {}) =>
    credentialsOf(parseTarget(url, env), { HOME: home(), ...env });

  beforeEach(async () => {
    files = await folder({ key: "KEY", "other.netrc": "machine h login other password o" });
  });
  afterEach(() => files.remove());

  it("takes the environment before the netrc file", async () => {
    await netrc("machine h login shop password n");
    expect(await of("ftp://shop@h/x", { PROPOJKA_PASSWORD: "e" })).toMatchObject({ user: "shop", password: "e" });
    expect(await of("ftp://h/x", { PROPOJKA_USER: "u", PROPOJKA_PASSWORD: "e" })).toMatchObject({ user: "u" });
    expect(await of("ftp://h/x")).toMatchObject({ user: "shop", password: "n", from: files.path(".netrc") });
    expect(await of("ftp://h/x", { PROPOJKA_USER: "", PROPOJKA_PASSWORD: "" })).toMatchObject({ password: "n" });
  });

  it("takes no password of the environment that is somebody else's", async () => {
    await netrc("machine h login shop password n");
    const env = { PROPOJKA_USER: "boss", PROPOJKA_PASSWORD: "e" };
    expect(await of("ftp://shop@h/x", env)).toMatchObject({ user: "shop", password: "n" });
    await expect(of("ftp://nobody@h/x", env)).rejects.toThrow("no password for nobody");
  });

  it("reads the file that NETRC names, which must be there", async () => {
    await chmod(files.path("other.netrc"), 0o600);
    expect(await of("ftp://h/x", { NETRC: files.path("other.netrc") })).toMatchObject({ user: "other" });
    await expect(of("ftp://h/x", { NETRC: files.path("none") })).rejects.toThrow("no such file");
  });

  it.runIf(process.platform !== "win32")("refuses a netrc file that others can read, if it is needed", async () => {
    await netrc("machine h login shop password n", 0o640);
    await expect(of("ftp://h/x")).rejects.toThrow("chmod 600");
    await expect(of("ftp://h/x")).rejects.not.toThrow(/\bn\b(?!etrc)/);
    expect(await of("ftp://other/x")).toEqual({});
  });

  it("is anonymous by FTP only", async () => {
    expect(await of("ftp://h/x")).toEqual({});
    expect(await of("https://h/x")).toEqual({});
    await expect(of("sftp://h/x")).rejects.toThrow("PROPOJKA_USER");
    await expect(of("ftp://shop@h/x")).rejects.toThrow("PROPOJKA_PASSWORD");
    await expect(of("ftp://h/x", { PROPOJKA_PASSWORD: "e" })).rejects.toThrow("PROPOJKA_USER");
  });

  it("sends a password of the environment to a web server only if the URL names the user", async () => {
    const env = { PROPOJKA_USER: "u", PROPOJKA_PASSWORD: "e", KEY: "0123456789" };
    expect(await of("https://h/x", env)).toEqual({});
    expect(await of("https://u@h/x", env)).toMatchObject({ user: "u", password: "e" });
    // A key of a webservice has no password.
    expect(await of("https://{KEY}@h/x", { KEY: "0123456789" })).toEqual({ user: "0123456789" });
    await netrc("default login d password n");
    expect(await of("https://h/x")).toEqual({});
  });

  it("reads the private key for SFTP", async () => {
    const env = { PROPOJKA_KEY: files.path("key"), PROPOJKA_PASSPHRASE: "p" };
    expect(await of("sftp://shop@h/x", env)).toMatchObject({ user: "shop", privateKey: "KEY", passphrase: "p" });
    await expect(of("sftp://shop@h/x", { PROPOJKA_KEY: files.path("none") })).rejects.toThrow("no such file");
  });

  it("takes the host key of the URL before that of the environment", () => {
    const [one, two] = [`SHA256:${"1".repeat(43)}`, `SHA256:${"2".repeat(43)}`];
    const env = { PROPOJKA_HOST_KEY: `${one} ${two}` };
    expect(hostKeysOf(parseTarget("sftp://h/x", {}), env)).toEqual([one, two]);
    expect(hostKeysOf(parseTarget(`sftp://h/x?hostKey=${two}`, {}), env)).toEqual([two]);
    expect(hostKeysOf(parseTarget("sftp://h/x", {}), {})).toEqual([]);
  });
});
