// Shows APL documents with Amazon's renderer, which is in the same file before this (see the route that serves it).
// The document's time is the player's: it stands still, runs fast and goes back as what is played does.
"use strict";

window.screenHost = (() => {
  const ready = AplRenderer.initEngine();       // in this tick, or it never comes
  for (const style of document.querySelectorAll("style")) {
    if (style.textContent.includes("cloudfront.net")) style.remove();   // fonts from the net: this page loads none
  }
  const RENDERS = 50;                           // the engine's memory isn't given back; then the page takes a new one
  let shown = null;
  let renders = 0;
  let now = 0;

  function content(directive) {
    const document_ = directive.document;
    const made = AplRenderer.Content.create(JSON.stringify(document_));
    for (const name of document_.mainTemplate.parameters || []) {
      const data = name === "payload" ? directive.datasources : (directive.datasources || {})[name] || {};
      made.addData(name, JSON.stringify(data));
    }
    return made;
  }

  async function show(directive, screen, onEvent) {
    await ready;
    clear();
    const view = document.createElement("div");
    view.className = "view";
    view.style.cssText = `width:${screen.width}px;height:${screen.height}px;${screen.round ? "clip-path:circle(50%)" : ""}`;
    document.body.append(view);
    const warnings = [];
    const renderer = AplRenderer.default.create({
      content: content(directive), view, theme: "dark", mode: screen.mode,
      viewport: { width: screen.width, height: screen.height, dpi: screen.dpi, isRound: screen.round },
      environment: { agentName: "back-coach", agentVersion: "1", allowOpenUrl: false, disallowVideo: true },
      utcTime: 0, localTimeAdjustment: 0, notLoadFonts: true, logLevel: "warn",
      logTransport: (level, logger, message) => (level === "warn" || level === "error") && warnings.push(message),
      onSendEvent: (event) => onEvent(event.arguments), onFinish: () => clear(),
    });
    renderer.updateTime = () => renderer.context && renderer.context.updateTime(now, now);
    renderer.getScreenCoords = (event) => ({ x: event.clientX, y: event.clientY });
    await renderer.init();
    renders += 1;
    if (!renderer.context) throw new Error(`The renderer rejects this document. ${warnings.join(" ")}`);
    shown = { renderer, view };
    return { warnings, spent: renders >= RENDERS };
  }

  function clear() {
    if (shown) {
      shown.renderer.destroy();
      shown.view.remove();
      shown = null;
    }
    now = 0;
  }

  // The engine's time only goes forward; whoever goes back shows the document anew.
  function moveTo(milliseconds) {
    now = Math.max(now, milliseconds);
  }

  return { show, clear, moveTo, get now() { return now; } };
})();
