import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/cli/io.ts";
import { isUrl, localPath, parseTarget, type Place } from "../../src/cli/url.ts";

const env = { SHOP_HASH: "0123456789abcdef", HOST: "shop.example:8443", TOKEN: "a/b &c" };
const parse = (url: string): Place => parseTarget(url, env);

/** The message of the refusal. */
function refusal(url: string): string {
  try {
    parse(url);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${url} is taken`);
}

describe("isUrl", () => {
  it("tells URLs from paths", () => {
    expect(["ftp://h/x", "SFTP://h/x", "s3://bucket/x", "file:///x"].map(isUrl)).toEqual([true, true, true, true]);
    expect(["orders.xml", "C:\\orders.xml", "C:/orders.xml", "-", "a/b://c", "shoptet:stock"].map(isUrl)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });
});

describe("localPath", () => {
  it("gives the path of a file URL, and leaves anything else", () => {
    expect(localPath("file:///tmp/objedn%C3%A1vky%201.xml")).toBe("/tmp/objednávky 1.xml");
    expect(localPath("orders.xml")).toBe("orders.xml");
    expect(localPath("ftp://h/x")).toBe("ftp://h/x");
  });

  it.each(["file://other/tmp/x", "file:///tmp/x?replace=remove", "file:///tmp/a#b"])("refuses %s", (url) => {
    expect(() => localPath(url)).toThrow(UsageError);
  });
});

describe("parseTarget", () => {
  const paths: readonly (readonly [url: string, folder: string, path: string, isFolder: boolean])[] = [
    // FTP: from the folder of the login, and from the root behind a second slash.
    ["ftp://h/orders.xml", "", "orders.xml", false],
    ["ftp://h/out/orders.xml", "out", "orders.xml", false],
    ["ftp://h/a/b/orders.xml", "a/b", "orders.xml", false],
    ["ftp://h//out/orders.xml", "/out", "orders.xml", false],
    ["ftp://h/%2Fout/orders.xml", "/out", "orders.xml", false],
    ["ftp://h//orders.xml", "/", "orders.xml", false],
    ["ftp://h/out/", "", "out", true],
    ["ftp://h/", "", "", true],
    ["ftp://h", "", "", true],
    ["ftp://h/~/x", "~", "x", false],
    ["ftps://h/objedn%C3%A1vky/%C4%8D.%201.xml", "objednávky", "č. 1.xml", false],
    ["ftps://h/objednávky/č. 1.xml", "objednávky", "č. 1.xml", false],
    // SFTP: from the root, and from the folder of the login behind "/~/".
    ["sftp://h/out/orders.xml", "/out", "orders.xml", false],
    ["sftp://h/orders.xml", "/", "orders.xml", false],
    ["sftp://h/~/orders.xml", "", "orders.xml", false],
    ["sftp://h/~/out/orders.xml", "out", "orders.xml", false],
    ["sftp://h/~/", "", "", true],
    ["sftp://h/", "/", "", true],
    // What stands behind ".." is above, as in any URL.
    ["ftp://h/a/../orders.xml", "", "orders.xml", false],
  ];
  it.each(paths)("%s is in %j: %j", (url, folder, path, isFolder) => {
    expect(parse(url)).toMatchObject({ folder, path, isFolder });
  });

  it("takes user, host and port", () => {
    expect(parse("ftp://jana%40shop@FTP.shop.example:2121/x")).toMatchObject({
      ...{ scheme: "ftp", user: "jana@shop", host: "ftp.shop.example", port: 2121 },
      name: "ftp://jana%40shop@FTP.shop.example:2121/x",
    });
    expect(parse("sftp://[::1]:22/x")).toMatchObject({ host: "::1", port: 22, user: undefined });
    expect(parse("sftp://h:80/x")).toMatchObject({ port: 80 });
    expect(parse("ftpes://h/x")).toMatchObject({ scheme: "ftpes", port: undefined });
    expect(parse("FTPS://h:990/x")).toMatchObject({ scheme: "ftps", port: 990 });
  });

  it("takes settings from the query, which the name leaves out", () => {
    const place = parse(
      "ftps://h/x?names=windows-1250&passive=pasv&separateDataHost=yes&replace=remove&ca=/etc/ca%20.pem",
    );
    expect(place.settings).toEqual({
      ...{ names: "windows-1250", passive: "pasv", separateDataHost: "yes", replace: "remove", ca: "/etc/ca .pem" },
    });
    expect(place.name).toBe("ftps://h/x");
  });

  it("takes fingerprints with their plus signs, several of them", () => {
    const [one, two] = [`SHA256:${"a+/".repeat(14)}B`, `SHA256:${"9".repeat(43)}`];
    expect(parse(`sftp://h/x?hostKey=${one}&hostKey=${two}`).settings).toEqual({ hostKey: [one, two] });
    expect(parse(`sftp://h/x?hostKey=${one},${two}=`).settings).toEqual({ hostKey: [one, two] });
  });

  it("names the settings that there are for one that there is not", () => {
    expect(refusal("ftp://h/x?pasive=pasv")).toContain("names, passive, separateDataHost, replace");
    expect(refusal("sftp://h/x?ca=FILE")).toContain("hostKey, replace");
    expect(refusal("ftp://h/x?passive=no")).toContain("auto, epsv, pasv");
    expect(refusal("sftp://h/x?hostKey=MD5:00")).toContain("SHA256:");
  });

  it.each([
    "ftp://shop:Tajne-123@h/x",
    "ftps://shop:Taj/ne-123@h/x",
    "ftp://shop:Taj#ne-123@h/x",
    "ftp://shop:Taj?ne-123@h/x",
    "ftp://shop:Taj@ne-123@h/x",
    "sftp://shop:Taj ne-123@h/x",
    "ftp://:Tajne-123@h/x",
    "ftp://shop:12/ne-123@h/x",
    "https://shop:Tajne-123@h/x",
    "https://shop:12/ne-123@h/x",
    "s3://shop:Tajne-123@h/x",
    "ftp://shop:%zzne-123@h/x",
    "ftp://shop:Tajne-123@h:x/x",
    "ftp://h/x?password=ne-123",
  ])("refuses %s without repeating the password", (url) => {
    expect(refusal(url)).not.toMatch(/ne-123|Taj/);
  });

  it("says where a password belongs", () => {
    expect(refusal("ftp://shop:Tajne-123@h/x")).toMatch(/PROPOJKA_PASSWORD.*netrc/);
  });

  it.each([
    "ftp:///x",
    "ftp://h:99999/x",
    "s3://h/x",
    "ftp://h/a%00b",
    "ftp://h/a%0d%0aDELE%20x",
    "ftp://h/a\nb",
    "ftp://h/a#b",
  ])("refuses %j", (url) => {
    expect(refusal(url)).not.toBe("");
  });
});

describe("addresses of the web", () => {
  it("get values of the environment in the places that name them, and show the places", () => {
    const place = parse("https://shop.example/export/orders.xml?patternId=1&hash={SHOP_HASH}");
    expect(place).toMatchObject({
      name: "https://shop.example/export/orders.xml?patternId=1&hash={SHOP_HASH}",
      href: "https://shop.example/export/orders.xml?patternId=1&hash=0123456789abcdef",
      ...{ path: "orders.xml", isFolder: false, secrets: ["0123456789abcdef"], settings: {} },
    });
    expect(parse("https://{HOST}/{TOKEN}/x.xml?a={TOKEN}").href).toBe(
      "https://shop.example:8443/a%2Fb%20%26c/x.xml?a=a%2Fb%20%26c",
    );
  });

  it("keep the query to themselves", () => {
    expect(parse("https://h/x.xml?replace=everything").settings).toEqual({});
    expect(parse("https://h/export/?a=b@c")).toMatchObject({ path: "index", isFolder: false });
  });

  it("say which variable is missing", () => {
    expect(refusal("https://h/x?hash={NO_HASH}")).toContain("NO_HASH");
  });

  it.each([
    "hash=0123456789",
    "a=1&TOKEN=0123456789",
    "ws_key=0123456789",
    "access_token=0123456789",
    "apiKey=0123456789",
    "api-key=0123456789",
    "password=0123456789",
    "signature=0123456789",
    "hash=x{SHOP_HASH}0123456789",
  ])("refuse the secret in ?%s without repeating it", (query) => {
    const message = refusal(`https://h/x.xml?${query}`);
    expect(message).toContain("={SHOP_");
    expect(message).not.toMatch(/0123456789/);
  });

  it("take what only sounds alike", () => {
    expect(parse("https://h/x?hashtag=new&keyword=cup&monkey=1&hash=").href).toContain("keyword=cup");
  });
});
