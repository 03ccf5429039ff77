// Amazon's own judgement of APL documents: its engine, run without a browser, and its static validator.
// In: a RenderDocument directive a line. Out: an object a line, {"warnings": […], "events": […], "bars": […]}:
// what either of them complains of, and a row for each size of screen: the arguments of what is sent when each touch
// target is pressed, and how full the bar is, from 0 to 1, at every tenth second.

import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const require = createRequire(import.meta.url);
const PLAYED = 60_000;      // milliseconds of the document's time that are run through
const STEP = 500;
const LOOK = 10_000;        // milliseconds from one look at the bar to the next
const TOUCHED = ["repeat", "pause", "next"];
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

const { EventProperty, EventType, PropertyKey, UpdateType } = dom.window.AplRenderer;
const [PRESSED, SENT] = [UpdateType.kUpdatePressed, EventType.kEventTypeSendEvent];
const [ARGUMENTS, TRANSFORM] = [EventProperty.kEventPropertyArguments, PropertyKey.kPropertyTransform];

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

function found(component, id) {
  if (component.getId() === id) return component;
  for (let each = 0; each < component.getChildCount(); each += 1) {
    const inside = found(component.getChildAt(each), id);
    if (inside) return inside;
  }
  return undefined;
}

// How much of the bar is in sight: it is as wide as its frame, and stands to the left of it by what is still to come.
function filled(bar) {
  const shift = Number(bar.getCalculated()[TRANSFORM].match(/[-\d.]+/g)[4]);
  return Math.round(1000 * (1 + shift / bar.getGlobalBounds().width)) / 1000;
}

// The arguments of what is sent when a part is pressed; nothing, if nothing is.
function sentBy(context, id) {
  found(context.topComponent(), id)?.update(PRESSED, 1);
  const sent = [];
  while (context.hasEvent()) {
    const event = context.popEvent();
    if (event.getType() === SENT) sent.push(event.getValue(ARGUMENTS));
  }
  return sent;
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
  const device = { agentName: "tests", agentVersion: "1", allowOpenUrl: false, disallowVideo: true, animationQuality: 2 };
  const config = engine.RootConfig.create(device);
  config.utcTime(0).localTimeAdjustment(0);
  const host = {
    onMeasure: () => ({ width: 40, height: 20 }), onBaseline: () => 16, onSendEvent() {}, onRequestGraphic() {},
  };
  const context = engine.Context.create(
    { viewport: { width, height, dpi: 160 }, ...host }, host, metrics, content, config, undefined);
  if (!context) return { warnings: [...logged, "the document was rejected"], events: [], bar: [] };
  const looks = [];
  const bar = found(context.topComponent(), "bar");
  for (let at = 0; at <= PLAYED; at += STEP) {
    context.updateTime(at, at);
    if (bar && at % LOOK === 0) looks.push(filled(bar));
  }
  return { warnings: [...logged], events: TOUCHED.flatMap((id) => sentBy(context, id)), bar: looks };
}

for await (const line of createInterface({ input: process.stdin })) {
  const directive = JSON.parse(line);
  const warnings = await linted(directive.document);
  const events = [];
  const bars = [];
  for (const size of SIZES) {
    try {
      const ran = run(directive, size);
      warnings.push(...ran.warnings.map((each) => `${size}: ${each}`));
      events.push(ran.events);
      bars.push(ran.bar);
    } catch (error) {
      warnings.push(`${size}: ${error}`);
    }
  }
  spoken(JSON.stringify({ warnings, events, bars }));
}
process.exit(0);
