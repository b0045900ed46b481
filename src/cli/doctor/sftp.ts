import { tellLogin, tellLoginFailure } from "./ftp.ts";
import { codeIn, type Examination, reasonOf } from "./examination.ts";
import { checkFiles } from "./files.ts";
import { checkAddress, checkConnection } from "./network.ts";
import { createTransport } from "../remotes.ts";

const PORT = 22;

/** Looks at an SFTP server, from its address to the files in the folder. */
export async function examineSftp(exam: Examination): Promise<void> {
  if (!(await checkAddress(exam))) return;
  if (!(await checkConnection(exam, exam.place.port ?? PORT, true))) return;
  if (!(await checkHostKey(exam))) return;
  const transport = await exam.open();
  try {
    await transport.list("");
  } catch (error) {
    if (codeIn(error) !== "TRANSPORT_DENIED") {
      await tellLoginFailure(exam, error);
      return;
    }
  }
  await tellLogin(exam);
  await checkFiles(exam, { settings: {}, listing: "SFTP", saysUtf8: true });
}

/** A connection that trusts no key shows the one of the server, and no password is sent. */
async function checkHostKey(exam: Examination): Promise<boolean> {
  const { place, access, findings } = exam;
  const check = "host key";
  const stranger = await createTransport(place, { ...access, hostKeys: [] }, { retry: false });
  try {
    await stranger.list("");
    return true;
  } catch (error) {
    const shown = /SHA256:[A-Za-z0-9+/]{43}/.exec(reasonOf(error, exam))?.[0];
    if (shown === undefined) {
      await findings.tell({ check, level: "failed", message: reasonOf(error, exam) });
      return false;
    }
    if (access.hostKeys.includes(shown)) {
      await findings.tell({ check, level: "ok", message: shown });
      return true;
    }
    const set = `?hostKey=${shown}, when whoever runs the server has confirmed it`;
    const message =
      access.hostKeys.length === 0
        ? `the server shows ${shown}, and nothing says which one is right`
        : `the server shows ${shown}, which is not the one that is expected: it has been changed, or another server answers`;
    await findings.tell({ check, level: "failed", message, set });
    return false;
  } finally {
    await stranger.close();
  }
}
