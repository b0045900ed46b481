import { type Input, openInput } from "./input.ts";
import { createInspector, type Inspection, type InspectOptions } from "./mapping/draft/inspect.ts";

/**
 * What any XML file looks like: every distinct place with counts and samples, and the element that most likely is one
 * record. Memory does not grow with the file.
 *
 * @example
 * ```ts
 * const { record, paths } = await inspect(createReadStream("export.xml"));
 * ```
 * @throws {@link XmlError} if the file is empty, an HTML page or no XML.
 */
export async function inspect(input: Input, options: InspectOptions = {}): Promise<Inspection> {
  const { isText, pieces } = await openInput(input);
  const encoding = options.encoding ?? (isText ? "utf-8" : undefined);
  const inspector = createInspector({ ...options, encoding });
  for await (const piece of pieces) inspector.write(piece);
  return inspector.end();
}
