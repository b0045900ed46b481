import type { Transport, TransportCapabilities } from "../ports.ts";
import { requireFolder, requirePath } from "../transfer/names.ts";
import { steady } from "../transfer/steady.ts";
import { listFiles, makeFolders, moveFile, statFile } from "./ftp/files.ts";
import type { FtpOptions } from "./ftp/options.ts";
import { calling, createSession } from "./ftp/session.ts";
import { download, upload } from "./ftp/transfer.ts";

export type { FtpOptions, FtpTimeouts, FtpTls } from "./ftp/options.ts";
export type { NameEncoding } from "./ftp/wire.ts";

const can: TransportCapabilities = {
  list: true,
  stat: true,
  write: true,
  move: true,
  remove: true,
  folders: true,
  resumeRead: true,
  resumeWrite: true,
};

/**
 * Files on an FTP server, by FTP or FTPS, in passive mode.
 *
 * Passing failures are made good by {@link steady}, unless `retry` is false. Nothing is connected before the first call; a call
 * after {@link Transport.close} connects again.
 */
export function ftpTransport(options: FtpOptions): Transport {
  const transport = plainFtp(options);
  return options.retry === false ? transport : steady(transport, options.retry);
}

function plainFtp(options: FtpOptions): Transport {
  const session = createSession(options);
  const { name } = session;
  return {
    name,
    can,
    async list(folder, { pattern, signal } = {}) {
      requireFolder(folder, name);
      return calling(session, folder, signal, (call) => listFiles(session, call, folder, pattern));
    },
    async stat(path, { signal } = {}) {
      requirePath(path, name);
      return calling(session, path, signal, (call) => statFile(session, call, path));
    },
    async *read(path, reading = {}) {
      requirePath(path, name);
      yield* download(session, path, reading);
    },
    async write(path, content, writing = {}) {
      requirePath(path, name);
      return upload(session, path, content, writing);
    },
    async move(from, to, { signal } = {}) {
      requirePath(from, name);
      requirePath(to, name);
      await calling(session, from, signal, (call) => moveFile(session, call, from, to));
    },
    async remove(path, { signal } = {}) {
      requirePath(path, name);
      await calling(session, path, signal, ({ client, at }) => client.send(`DELE ${at(path)}`));
    },
    async makeFolder(path, { signal } = {}) {
      requirePath(path, name);
      await calling(session, path, signal, (call) => makeFolders(call, path));
    },
    async close() {
      session.close();
    },
  };
}
