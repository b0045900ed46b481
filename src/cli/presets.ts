import { parseArguments } from "./arguments.ts";
import { colorsFor, type Command, OK, output } from "./io.ts";
import type { Feed, Preset } from "../preset.ts";
import { createTable } from "./table.ts";

export const presetsCommand: Command = {
  summary: "list the platforms that are known",
  help: `Lists the presets: id, title, how sure each is, and its feeds: \`<-\` those that are read from the shop, \`->\` those that
are written for it; some are both.

Usage: propojka presets

Maturity: verified against a real file or the vendor's schema; documented by the vendor; draft: a starting point.
`,
  async run(args, io) {
    parseArguments(args, {});
    const out = output(io.stdout);
    const columns = [
      { title: "id", most: 24 },
      { title: "title", most: 40 },
      { title: "maturity", most: 10 },
      { title: "feeds", most: 100 },
    ];
    const table = createTable(columns, out, colorsFor(io.stdout, io.env));
    const presets = Object.values(await io.presets()).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { id, title, maturity, feeds } of presets) await table.row([id, title, maturity, feedsOf(feeds)]);
    await table.end();
    return OK;
  },
};

/** `"<- orders, invoices  -> products"` */
function feedsOf(feeds: Preset["feeds"]): string {
  const names = (suits: (feed: Feed) => boolean): string =>
    Object.entries(feeds)
      .filter(([, feed]) => suits(feed))
      .map(([name]) => name)
      .join(", ");
  const read = names(({ direction }) => direction === "import");
  const written = names((feed) => feed.direction === "export" || feed.write !== undefined);
  return [read === "" ? "" : `<- ${read}`, written === "" ? "" : `-> ${written}`]
    .filter((part) => part !== "")
    .join("  ");
}
