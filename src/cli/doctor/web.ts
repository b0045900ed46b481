import { httpTransport, type HttpTransport } from "../../adapters/http.ts";
import { webOptions } from "../remotes.ts";
import { type Examination, reasonOf } from "./examination.ts";
import { checkAddress, checkCertificate, checkConnection, shakeHands } from "./network.ts";

/** Looks at an address of the web with one request, and a second one that asks only for what is new. */
export async function examineWeb(exam: Examination): Promise<void> {
  const { place, access, findings } = exam;
  const secured = place.scheme === "https";
  const port = place.port ?? (secured ? 443 : 80);
  if (!(await checkAddress(exam))) return;
  if (!(await checkConnection(exam, port, false))) return;
  if (secured) {
    if (!(await checkTls(exam, port))) return;
  } else {
    const message = "none: passwords, keys and all data go over the line as they are";
    await findings.tell({ check: "tls", level: "note", message, set: "https:// in the URL" });
  }
  const transport = httpTransport({ ...webOptions(place, access), retry: false });
  try {
    await checkGet(exam, transport);
  } finally {
    await transport.close();
  }
}

async function checkTls(exam: Examination, port: number): Promise<boolean> {
  try {
    return await checkCertificate(exam, await shakeHands(exam.place.host, port, exam.access.ca), "PROPOJKA_CA");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await exam.findings.tell({ check: "tls", level: "failed", message });
    return false;
  }
}

async function checkGet(exam: Examination, transport: HttpTransport): Promise<void> {
  const { findings } = exam;
  const { path } = exam.place;
  const started = performance.now();
  try {
    const answer = await transport.get(path);
    if (!answer.changed) return;
    let bytes = 0;
    for await (const piece of answer.bytes) bytes += piece.length;
    const ms = Math.round(performance.now() - started);
    const type = [answer.contentType ?? "no content type", answer.encoding].filter((one) => one !== undefined);
    const message = `${type.join(", ")}, ${bytes} bytes, ${ms} ms`;
    await findings.tell({ check: "get", level: "ok", message });
    const { etag, lastModified } = answer.validators;
    if (etag === undefined && lastModified === undefined) {
      const none = "no ETag and no Last-Modified: whether the file is new shows only when it has been fetched";
      await findings.tell({ check: "changes", level: "note", message: none });
      return;
    }
    const known = [
      etag === undefined ? [] : "ETag",
      lastModified === undefined ? [] : `Last-Modified ${lastModified}`,
    ].flat();
    await checkUnchanged(known.join(", "), () => transport.get(path, { validators: answer.validators }));
  } catch (error) {
    await findings.tell({ check: "get", level: "failed", message: reasonOf(error, exam) });
  }

  async function checkUnchanged(known: string, again: () => ReturnType<HttpTransport["get"]>): Promise<void> {
    const check = "changes";
    try {
      const answer = await again();
      if (answer.changed) for await (const _ of answer.bytes) break;
      const message = answer.changed
        ? `${known}, but the file is sent again although it is the same`
        : `${known}; a file that is the same is not sent again (304)`;
      await findings.tell({ check, level: answer.changed ? "note" : "ok", message });
    } catch (error) {
      // Shops that allow a request every few minutes refuse the second one.
      await findings.tell({
        check,
        level: "note",
        message: `${known}; a second request at once: ${reasonOf(error, exam)}`,
      });
    }
  }
}
