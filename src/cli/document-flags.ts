import { type DocumentOptions, documentOptionsSchema } from "../model/document/options.ts";
import { type Parsed, textOf } from "./arguments.ts";
import { Failure, type Io } from "./io.ts";
import { readJson } from "./source.ts";

/** The options of documents in the file that `--options` names. @throws {@link Failure} if some are wrong. */
export async function documentOptionsOf(parsed: Parsed, io: Io): Promise<DocumentOptions> {
  const path = textOf(parsed, "options");
  if (path === undefined) return {};
  const checked = documentOptionsSchema.safeParse(await readJson(path, io));
  if (checked.success) return checked.data;
  const lines = checked.error.issues.map(
    (issue) => `${[path, issue.path.join(".")].filter((part) => part !== "").join(": ")}: ${issue.message}`,
  );
  throw new Failure(lines.join("\n"));
}
