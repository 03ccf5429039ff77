// Amazon's own judgement of APL documents: its engine, run without a browser, and its static validator.
// In: a RenderDocument directive a line. Out: an object a line, {"warnings": […], "events": […]}: what either of them
// complains of, and the arguments of the events that are sent when each touch target is pressed.

import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const require = createRequire(import.meta.url);
const PLAYED = 60_000;      // milliseconds of the document's time that are run through
const STEP = 500;
const SIZES = [[960, 480, false], [960, 600, false], [1280, 800, false], [480, 480, true], [960, 540, false]];

const dom = new JSDOM("<!doctype html><body></body>", { runScripts: "outside-only", pretendToBeVisual: true });
Object.assign(dom.window, { WebAssembly, fetch: () => Promise.reject(new Error("offline")), TextDecoder, TextEncoder });
dom.window.HTMLCanvasElement.prototype.getContext = () => null;
const logged = [];
const quiet = { log() {}, warn() {}, error() {}, info() {}, debug() {} };
const spoken = console.log;
Object.assign(console, quiet);
dom.window.eval(readFileSync(require.resolve("apl-viewhost-web"), "utf8"));
await dom.window.AplRenderer.initEngine();
const engine = dom.window.Module;
engine.Logger.setLogTransport((level, text) => logged.push(String(text)));

const { StaticAplTemplateValidator, ErrorController } = require("apl-suggester");

async function linted(document) {
  const aside = [];
  const errors = ErrorController.getInstance();
  errors.registerErrors();
  errors.clearExistingWarn();
  errors.setErrorInterface({ sendError: (error) => aside.push(`${error.code} ${error.placeholders?.path ?? ""}`) });
  const found = await new StaticAplTemplateValidator().validate(structuredClone(document));
  return [...found.map((each) => `${each.path}: ${each.errorMessage}`), ...aside];
}

function run(directive, [width, height, round]) {
  logged.length = 0;
  const { document, datasources } = directive;
  const content = engine.Content.create(JSON.stringify(document));
  for (const name of document.mainTemplate.parameters ?? []) {
    content.addData(name, JSON.stringify(name === "payload" ? datasources : datasources[name]));
  }
  const metrics = engine.Metrics.create();
  metrics.size(width, height).dpi(160).theme("dark").shape(round ? "ROUND" : "RECTANGLE").mode("HUB");
  const device = { agentName: "tests", agentVersion: "1", allowOpenUrl: false, disallowVideo: true, animationQuality: 0 };
  const config = engine.RootConfig.create(device);
  config.utcTime(0).localTimeAdjustment(0);
  const host = {
    onMeasure: () => ({ width: 40, height: 20 }), onBaseline: () => 16, onSendEvent() {}, onRequestGraphic() {},
  };
  const context = engine.Context.create(
    { viewport: { width, height, dpi: 160 }, ...host }, host, metrics, content, config, undefined);
  if (!context) return { warnings: [...logged, "the document was rejected"], events: [] };
  for (let at = 0; at <= PLAYED; at += STEP) context.updateTime(at, at);
  return { warnings: [...logged], events: [] };
}

for await (const line of createInterface({ input: process.stdin })) {
  const directive = JSON.parse(line);
  const warnings = await linted(directive.document);
  for (const size of SIZES) {
    try {
      warnings.push(...run(directive, size).warnings.map((each) => `${size}: ${each}`));
    } catch (error) {
      warnings.push(`${size}: ${error}`);
    }
  }
  spoken(JSON.stringify({ warnings }));
}
process.exit(0);
