import { definePreset } from "../../src/index.ts";
import { engineLimitations, engineProvenance, engineWithout, feeds } from "../bohemiasoft/preset.ts";

/** The brand whose export is known from a real file. */
export const eshopRychle = definePreset({
  id: "eshop-rychle",
  title: "Eshop-rychle.cz",
  maturity: "verified",
  provenance: engineProvenance,
  limitations: engineLimitations,
  without: engineWithout,
  feeds,
});
