import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { joinPath } from "../transfer/names.ts";
import { publish } from "../transfer/publish.ts";
import { TransportError } from "../errors.ts";
import { type Remote, UsageError } from "./io.ts";
import { stagedFolder } from "./folder-target.ts";
import { stagedFile, type Target } from "./target.ts";

/** A file on a server: it goes there when it has been found good. */
export async function remoteTarget(remote: Remote): Promise<Target> {
  const { name, path } = remote;
  const { path: staged, ...file } = await stagedFile(name, tmpdir());
  return {
    ...file,
    async commit() {
      await put(remote, path, staged);
      return { complete: true, others: [] };
    },
  };
}

/** A folder on a server with a document for each record. Documents of the same name are replaced, all others stay. */
export async function remoteFolderTarget(remote: Remote, extension: string): Promise<Target> {
  const { name, transport, path } = remote;
  if (!transport.can.folders)
    throw new UsageError(`${name}: this feed has a document for each record, and this server has no folders`);
  const nameIn = (document: string): string => `${name.replace(/\/$/, "")}/${document}`;
  const { at, documents, ...folder } = await stagedFolder(name, tmpdir(), extension, nameIn);

  return {
    ...folder,
    async commit() {
      if (path !== "") await transport.makeFolder(path);
      for (const [index, document] of documents().entries())
        try {
          await put(remote, joinPath(path, document), at(document));
        } catch (error) {
          throw index === 0 ? error : partly(error, `${index} of ${documents().length} documents are in place already`);
        }
      const written = new Set(documents());
      const { files } = await transport.list(path, { pattern: `*${extension}` });
      const others = files.map((file) => file.name).filter((one) => !written.has(one));
      return { complete: true, others: others.sort() };
    },
  };
}

async function put({ transport, replace, retry, told }: Remote, path: string, staged: string): Promise<void> {
  // A function, so that it can be sent again if the connection breaks.
  const content = (): AsyncIterable<Uint8Array> => createReadStream(staged);
  try {
    await publish(transport, path, content, { replace, retry });
  } catch (error) {
    throw told(error);
  }
}

function partly(error: unknown, what: string): unknown {
  if (!(error instanceof TransportError)) return error;
  const { code, reason, place, cause } = error;
  return new TransportError(code, `${reason}; ${what}`, { place, cause });
}
