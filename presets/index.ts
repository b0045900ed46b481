import { bohemiasoft } from "./bohemiasoft/preset.ts";
import { eshopRychle } from "./eshop-rychle/preset.ts";
import { shoptet } from "./shoptet/preset.ts";
import { webareal } from "./webareal/preset.ts";
import type { Preset } from "../src/index.ts";

export { bohemiasoft, eshopRychle, shoptet, webareal };

/** All presets by id. */
export const presets: Readonly<Record<string, Preset>> = {
  bohemiasoft,
  "eshop-rychle": eshopRychle,
  shoptet,
  webareal,
};
