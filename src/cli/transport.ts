import { type Command, UsageError } from "./io.ts";

export const transportCommand: Command = {
  summary: "look whether files can come from a server and go there",
  help: `Looks at a server step by step: whether files can come from there and go there, and what to set.

Usage: propojka transport doctor URL [OPTIONS]

  URL                   a folder, or a file in it

Options:
  --read-only           write nothing; otherwise small files named propojka-doctor-… are written there, and removed
  --json                print one JSON object at the end, for programs
  --verbose             tell on standard error what is said on the connection (FTP, SFTP), without secrets

URLs, which all commands take where they take files:
  ftps://USER@HOST/PATH     FTP with TLS, from the folder of the login, or from the root with //; implicit TLS at port 990
  ftp://USER@HOST/PATH      FTP without TLS
  sftp://USER@HOST/PATH     SFTP, from the root, or from the folder of the login with /~/
  https://HOST/PATH?QUERY   a permalink of a shop, or a file that PUT replaces; {NAME} stands for a variable of the
                            environment: https://shop.example/orders.xml?hash={SHOP_HASH}
  file:///PATH              a file on this machine

Settings in the query of FTP and SFTP URLs:
  names=windows-1250        encoding of names, where it is not UTF-8 (FTP)
  passive=pasv|epsv         how data connections are asked for (FTP)
  separateDataHost=yes      data may come from another host (FTP)
  ca=FILE                   certificate of the authority that signed the server's (FTPS)
  hostKey=SHA256:…          fingerprint of the server's key, required (SFTP); repeatable
  replace=remove|in-place   how a file is replaced where renaming does not do it in one step

A password never stands in a URL. It comes from PROPOJKA_PASSWORD (with PROPOJKA_USER, or the user in the URL), or from
the netrc file: $NETRC, or ~/.netrc, which only its owner may read. For SFTP also PROPOJKA_KEY, the file of a private key, with
PROPOJKA_PASSPHRASE, and PROPOJKA_HOST_KEY; for certificates PROPOJKA_CA, a file.

Each line is ok, note or failed.
Exit codes: 0 all works; 1 it works with what the lines say to set; 2 it does not work.
`,
  async run([name, ...args], io) {
    if (name !== "doctor") throw new UsageError(name === undefined ? "doctor is missing" : `there is no "${name}"`);
    const { runDoctor } = await import("./doctor/doctor.ts");
    return runDoctor(args, io);
  },
};
